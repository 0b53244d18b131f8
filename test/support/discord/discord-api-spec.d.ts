/** The package's generated zod schemas come without types. */
declare module 'discord-api-spec/zod' {
  export const MessageCreateRequestSchema: import('./schema.js').Schema;
  export const MessageEditRequestPartialSchema: import('./schema.js').Schema;
  export const CreatePrivateChannelRequestSchema: import('./schema.js').Schema;
  export const CreateTextThreadWithoutMessageRequestSchema: import('./schema.js').Schema;
  export const UpdateThreadRequestPartialSchema: import('./schema.js').Schema;
  export const CreateMessageInteractionCallbackRequestSchema: import('./schema.js').Schema;
  export const UpdateMessageInteractionCallbackRequestSchema: import('./schema.js').Schema;
  export const ApplicationCommandAutocompleteCallbackRequestSchema: import('./schema.js').Schema;
  export const ModalInteractionCallbackRequestSchema: import('./schema.js').Schema;
  export const IncomingWebhookUpdateRequestPartialSchema: import('./schema.js').Schema;
  export const IncomingWebhookRequestPartialSchema: import('./schema.js').Schema;
  export const ApplicationCommandUpdateRequestSchema: import('./schema.js').Schema;
  export const ExternalScheduledEventCreateRequestSchema: import('./schema.js').Schema;
  export const ExternalScheduledEventPatchRequestPartialSchema: import('./schema.js').Schema;
  export const VoiceScheduledEventCreateRequestSchema: import('./schema.js').Schema;
  export const VoiceScheduledEventPatchRequestPartialSchema: import('./schema.js').Schema;
  export const StageScheduledEventCreateRequestSchema: import('./schema.js').Schema;
  export const StageScheduledEventPatchRequestPartialSchema: import('./schema.js').Schema;
  export const UpdateVoiceStateRequestPartialSchema: import('./schema.js').Schema;
}
