/**
 * The limits as the loopback enforces them. Written down a second time, from Discord's documentation, so that a wrong
 * figure in the adapter is refused here.
 */
export const LIMITS = {
  content: 2000,
  embeds: 10,
  embedTotal: 6000,
  embedDescription: 4096,
  rows: 5,
  buttonsInRow: 5,
  layoutComponents: 40,
  layoutText: 4000,
  customId: 100,
  buttonLabel: 80,
  selectOptions: 25,
  selectLabel: 100,
  selectPlaceholder: 150,
  modalComponents: 5,
  modalTitle: 45,
  modalLabel: 45,
  modalDescription: 100,
  modalText: 4000,
  groupOptions: 10,
  allowedUsers: 100,
  nonce: 25,
  commands: 100,
  commandOptions: 25,
  commandChoices: 25,
  commandCharacters: 8000,
  description: 100,
  autocomplete: 25,
  firstResponse: 3000,
  token: 15 * 60_000,
  nonceMemory: 3 * 60_000,
  globalPerSecond: 50,
  invalidRequests: 10_000,
  invalidWindow: 10 * 60_000,
} as const;

export const FLAGS = { suppressEmbeds: 4, ephemeral: 64, loading: 128, silent: 4096, layout: 32_768 } as const;
