// Which of one's workspaces are offered first, and which of them a search leaves.

import type { Place } from "@/api/types";

/** From so many on, a list has a search and begins with what was used last. */
export const MANY = 8;
const RECENT_SHOWN = 3;

type Offered = { readonly recent: readonly Place[]; readonly others: readonly Place[] };

/** A search looks at all of them; without one, those used last stand above the rest. */
export function placesInOrder(
  places: readonly Place[],
  used: readonly string[],
  current: string,
  words: string,
): Offered {
  const sought = words.trim().toLocaleLowerCase();
  if (sought !== "") {
    const others = places.filter(({ name, slug }) =>
      [name, slug].some((text) => text.toLocaleLowerCase().includes(sought)),
    );
    return { recent: [], others };
  }
  if (places.length < MANY) return { recent: [], others: places };
  const recent = used
    .filter((slug) => slug !== current)
    .flatMap((slug) => places.find((place) => place.slug === slug) ?? [])
    .slice(0, RECENT_SHOWN);
  return { recent, others: places.filter((place) => !recent.includes(place)) };
}
