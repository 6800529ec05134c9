import type { ReactElement } from 'react'
import { Panel } from '../elements/panel.tsx'
import { chooseTheme, currentTheme, THEMES } from '../shell/theme.ts'

export const SettingsScreen = (): ReactElement => (
  <Panel title="Appearance">
    <label>
      Theme{' '}
      <select defaultValue={currentTheme()} onChange={({ target }) => chooseTheme(THEMES[target.selectedIndex]!)}>
        {THEMES.map((theme) => (
          <option key={theme}>{theme}</option>
        ))}
      </select>
    </label>
  </Panel>
)
