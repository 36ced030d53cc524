// What workflows told somebody, and by which ways people want to hear of it.

export type NotificationUrgency = "low" | "normal" | "high";
export type NotificationWay = "in_app" | "email" | "webhook";

export type PersonalNotification = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly urgency: NotificationUrgency;
  readonly workflow: string;
  readonly execution: string | null;
  readonly created_at: string;
  readonly is_read: boolean;
};

export type NotificationWishes = {
  readonly [urgency in NotificationUrgency]: readonly NotificationWay[];
} & { readonly webhook: string; readonly failures?: readonly NotificationWay[] };
