/** Questions people really ask in their first week, with answers that name the place to click. */
export const FAQ: readonly (readonly [question: string, answer: string])[] = [
  [
    "How does an alert reach us?",
    "Every company has a webhook address and a key. A monitoring tool posts its alerts there; Prometheus Alertmanager does it with one receiver, anything else with a signed POST. The company’s page shows the lines to copy.",
  ],
  [
    "Why did these alerts become one incident?",
    "Open the incident: the panel Why names the rule, the key the alerts share and the time window, and shows what the priority score is the sum of.",
  ],
  [
    "A company’s alerts do not arrive. Where do I look?",
    "On the company’s page: Intake lists the last refused deliveries and the reason, a wrong key, a signature that does not fit, a clock that is off, or a body that could not be read.",
  ],
  [
    "Why did an incident resolve by itself?",
    "Its tool said that every alert of it had ended, and it stayed quiet for the company’s resolve delay. If one fires again soon after, the same incident reopens.",
  ],
  [
    "How do I let a colleague or a client in?",
    "People, Invite. Choose the role and the companies; they get a mail with a link. The table below says what each role may do.",
  ],
  [
    "I lost my phone. How do I sign in?",
    "Enter one of your recovery codes where the code is asked for, or use a passkey. Then set up the new phone under Profile. Without either, an administrator of your MSP has to help.",
  ],
  [
    "Somebody left. What do I do?",
    "People, their row, Disable. Their sessions end at once, and so do their access tokens.",
  ],
  [
    "Can a script use the API?",
    "Yes: make a personal access token under Profile with the scopes it needs. The whole API is described at /docs, and for programs at /api/openapi.json.",
  ],
];

export const SHORTCUTS: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl K", "Go anywhere: pages, companies, incidents"],
  ["/", "Search the list"],
  ["j", "Next incident"],
  ["k", "Previous incident"],
  ["Enter", "Open it"],
  ["a", "Acknowledge it"],
  ["r", "Resolve it"],
  ["x", "Select it"],
  ["?", "Show the keys of the page"],
  ["Esc", "Close what is open"],
];
