// Every catalogue of messages, which in the app comes with the page that says it.

import.meta.glob("../lib/messages/*.ts", { eager: true });
