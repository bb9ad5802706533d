export { AuthorFault, type AuthorFaultCode } from './author-fault.ts';
export { endProcess } from './end-process.ts';
export { confirmedHeads, forgetConfirmed } from './confirmed-heads.ts';
export { type HubPass, joinHub, type JoinRequest, keepPass, readPass } from './hub-pass.ts';
export { hubTokens, type TokenNeeds } from './hub-tokens.ts';
export { ledgerSource } from './ledger-source.ts';
export { sendJournal, type SendNeeds, type SendOutcome } from './send-journal.ts';
