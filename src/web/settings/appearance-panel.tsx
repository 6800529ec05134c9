import { type ReactElement, useState } from 'react'
import { Panel } from '../kit/elements/panel.tsx'
import { chooseTheme, currentTheme, THEMES } from '../kit/theme.ts'
import { changeView, useLibrary } from '../library/library-state.ts'
import styles from './setting-rows.module.css'

export const AppearancePanel = (): ReactElement => {
  const density = useLibrary((state) => state.density)
  const [chosen, setChosen] = useState(currentTheme)
  return (
    <Panel title="Appearance">
      <fieldset className={styles.rows} style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className="sr-only">Theme</legend>
        {THEMES.map((theme) => (
          <label key={theme}>
            <input
              type="radio"
              name="theme"
              checked={theme === chosen}
              onChange={() => {
                chooseTheme(theme)
                setChosen(theme)
              }}
            />{' '}
            {theme === 'system' ? 'same as the system' : theme}
          </label>
        ))}
      </fieldset>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={density === 'compact'}
          onChange={({ target }) => changeView({ density: target.checked ? 'compact' : 'roomy' })}
        />{' '}
        compact rows in the library
      </label>
    </Panel>
  )
}
