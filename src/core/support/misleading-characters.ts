/** Characters that move a cursor, forge a line or turn the direction of what follows; those that join letters or emoji are none of them. */
export const MISLEADING_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu
