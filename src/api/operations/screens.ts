/** Addresses of the page: the server answers each with the same document, which finds out which it is. */
export const SCREENS = ['/', '/library', '/training', '/settings'] as const
