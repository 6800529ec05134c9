/** Addresses of the page as patterns, where a name after a colon stands for the number of a row. */
const SCREEN_PATHS = ['/library', '/desk/:track', '/settings', '/training'] as const
export type ScreenPath = (typeof SCREEN_PATHS)[number]

const PATTERNS = SCREEN_PATHS.map((path) => new RegExp(`^${path.replace(/:\w+/g, '[1-9]\\d*')}$`))

/** Whether a path is answered with the page, which finds out by itself which screen it shows. */
export const isScreen = (path: string): boolean => path === '/' || PATTERNS.some((pattern) => pattern.test(path))
