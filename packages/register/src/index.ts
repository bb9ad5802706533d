export type { AnswerOf, CommandName, Commands, DenominationCounts, ParamsOf } from './commands.ts';
export { createRegister, type Register } from './create-register.ts';
export type { UnifiedChange } from './devices/server.ts';
export type * from './needs.ts';
export { done, refusalCodes, refused, type Outcome, type Refusal, type RefusalCode } from './refusal.ts';
export { RegisterFault, type RegisterFaultCode } from './register-fault.ts';
export { overlayRowsOf } from './sell/overlay-rows.ts';
export type * from './views.ts';
