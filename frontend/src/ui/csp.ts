// The nonce that this page's policy asks of <style> elements made by scripts.

const fromPage = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

/** Empty where the page has no policy, as in development. */
export const cspNonce: string | undefined = fromPage === "" ? undefined : fromPage;

/** Hands the nonce to libraries that make <style> elements and look for it under webpack's name. */
export function shareCspNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce });
}
