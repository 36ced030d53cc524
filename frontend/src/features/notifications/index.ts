// Notifications: the bell of every page, and how a person wants to hear of what.

import { lazy } from "react";

export { NotificationBell } from "./notification-bell";

// Every page loads this module for the bell; the card is for the account's page alone.
export const NotificationWishesCard = lazy(async () => ({
  default: (await import("./wishes-card")).NotificationWishesCard,
}));
