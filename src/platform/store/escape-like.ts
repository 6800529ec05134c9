/** Text as a part of a `LIKE` pattern that stands for itself alone, where the backslash escapes. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
