/** The screens of the page, in the order of the navigation, with the second key after G. */
export const SCREENS = [
  { path: '/library', name: 'Library', key: 'L' },
  { path: '/settings', name: 'Settings', key: 'S' },
  { path: '/training', name: 'Training', key: 'T' },
] as const
export type ScreenPath = (typeof SCREENS)[number]['path']
