export const THEMES = ['dark', 'light', 'system'] as const
type Theme = (typeof THEMES)[number]

const STORED_AS = 'algiers.theme'
const prefersLight = matchMedia('(prefers-color-scheme: light)')

export const currentTheme = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(STORED_AS)) ?? 'dark'

/** Shows the page in the chosen theme, which may be that of the system. */
export const applyTheme = (): void => {
  const theme = currentTheme()
  const isLight = theme === 'light' || (theme === 'system' && prefersLight.matches)
  document.documentElement.dataset.theme = isLight ? 'light' : 'dark'
}

export const chooseTheme = (theme: Theme): void => {
  localStorage.setItem(STORED_AS, theme)
  applyTheme()
}

prefersLight.addEventListener('change', applyTheme)
