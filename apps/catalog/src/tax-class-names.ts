/**
 * Ids of the tax classes that every shop has from its set-up on. Files speak of them in their own words; a format translates.
 * What a class costs is the shop's business and stands in its published tax documents.
 */
export const TAX_STANDARD = 'standard';
export const TAX_REDUCED = 'reduced';
export const TAX_ZERO = 'zero';
/** No tax applies at all; unlike `zero`, no rate is shown. */
export const TAX_EXEMPT = 'exempt';
