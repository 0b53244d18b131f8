/**
 * Every limit of Discord that this adapter obeys, in one place. Lengths are characters (UTF-16 units, never fewer than
 * what Discord counts), counts are pieces, times are milliseconds.
 *
 * Sources: Discord's OpenAPI description of its HTTP API v10 (github.com/discord/discord-api-spec) where a line names a
 * schema, else the developer documentation page that the line names.
 */
export const limits = {
  message: {
    /** MessageCreateRequest and "Create Message": what bots may send, although the schema says 4,000. */
    content: 2000,
    /** "Embed Limits". */
    embedDescription: 4096,
    /** "Embed Limits": over all embeds of a message. */
    embedTotal: 6000,
    /** "Component Reference", Action Row, in a message without the components flag. */
    rows: 5,
    /** "Component Reference": all components of a message, nested ones included. */
    components: 40,
    /** "Component Reference", Text Display: over all of a message. */
    layoutText: 4000,
    /** "Allowed Mentions Object". */
    mentionedUsers: 100,
    /** MessageCreateRequest. */
    nonce: 25,
    /** MediaGalleryItemRequest, MessageAttachmentRequest. */
    altText: 1024,
    /** "Uploading Files": ten million and a little, of which the rest of the message has a part. */
    fileBytes: 9_000_000,
  },
  row: {
    /** "Component Reference", Action Row. */
    buttons: 5,
  },
  button: {
    /** ButtonComponentForMessageRequest. */
    label: 80,
  },
  customId: 100,
  select: {
    /** StringSelectComponentForMessageRequest. */
    options: 25,
    placeholder: 150,
    /** StringSelectOptionForRequest. */
    label: 100,
    value: 100,
  },
  modal: {
    /** ModalInteractionCallbackRequestData. */
    title: 45,
    /** "Interaction Response Object", Modal: labels and text displays together, although the schema says 40. */
    components: 5,
    /** LabelComponentForModalRequest. */
    label: 45,
    description: 100,
    /** TextInputComponentForModalRequest. */
    text: 4000,
    placeholder: 100,
    /** CheckboxGroupComponentForModalRequest and RadioGroupComponentForModalRequest. */
    groupOptions: 10,
    /** RadioGroupComponentForModalRequest. */
    radioLeast: 2,
    /** UserSelectComponentForModalRequest, RoleSelectComponentForModalRequest. */
    picked: 25,
  },
  command: {
    /** "Application Commands": chat input commands of an application, globally and again in each guild. */
    roots: 100,
    /** ApplicationCommandUpdateRequest; "Application Command Naming" for the pattern, which must be lower case. */
    name: /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u,
    description: 100,
    options: 25,
    choices: 25,
    choiceLabel: 100,
    choiceValue: 100,
    /** ApplicationCommandStringOption. */
    textLength: 6000,
    /** "Application Commands": names, descriptions and values of a command with all its options and choices. */
    characters: 8000,
  },
  thread: {
    /** CreateTextThreadWithoutMessageRequest. */
    name: 100,
    /** "List Joined Private Archived Threads". */
    page: 100,
  },
  send: {
    /** "Rate Limits": 50 requests a second for everything but answers to interactions. */
    perSecond: 50,
    /** Five messages in five seconds to one channel, as the bucket headers of "Create Message" say. */
    perChannelPerSecond: 1,
  },
  /** Milliseconds between two deletions. Discord publishes no figure, and says what is so in the bucket headers of "Delete Message". */
  removeGap: 1_100,
  /** Of one guild's members; Discord publishes no figure, and says what is so in the bucket headers of "Modify Guild Member". */
  microphones: { turns: 10, within: 10_000 },
  time: {
    /** "Receiving and Responding": the first response. */
    firstResponse: 3000,
    /** "Receiving and Responding": how long the token of an interaction can be used. */
    token: 15 * 60_000,
  },
} as const;
