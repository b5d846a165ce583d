/** What pages keep of rooms and drafts, by the beginnings of their keys; language and light belong to the device, not to a person. */
const OF_A_PERSON = ['foyer.site.', 'foyer.timeline.', 'foyer.draft.'];

/** Forgets what this browser keeps of what somebody saw or typed, once they have gone. */
export function forgetPerson() {
  for (const store of [localStorage, sessionStorage]) {
    Object.keys(store)
      .filter((key) => OF_A_PERSON.some((beginning) => key.startsWith(beginning)))
      .forEach((key) => store.removeItem(key));
  }
}
