/** Addresses of the page as patterns, where a name after a colon stands for the number of a row. */
const SCREEN_PATHS = [
  '/library',
  '/desk/:track',
  '/bring-in',
  '/sets',
  '/graph',
  '/settings',
  '/training',
  '/review',
] as const
export type ScreenPath = (typeof SCREEN_PATHS)[number]

const PATTERNS = SCREEN_PATHS.map((path) => new RegExp(`^${path.replace(/:\w+/g, '[1-9]\\d*')}$`))

/** Whether a path is of the page, which finds out by itself which screen it shows; a slash at the end changes nothing. */
export const isScreen = (path: string): boolean => {
  const bare = path.replace(/\/$/, '')
  return bare === '' || PATTERNS.some((pattern) => pattern.test(bare))
}
