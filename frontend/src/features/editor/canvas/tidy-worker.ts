// The worker's end of tidying up.

import { type TidyRequest, tidy } from "../model/tidy";

self.onmessage = ({ data }: MessageEvent<TidyRequest>) => {
  self.postMessage(tidy(data));
};
