import type { ReactElement } from 'react'
import { useLocation } from 'react-router'
import { DESK_ACTIONS, DESK_KEYS } from '../desk/key-map.ts'
import { DialogFrame } from '../elements/dialog-frame.tsx'
import { TABLE_KEYS } from '../library/table-keys.ts'
import styles from './key-help.module.css'
import { useKeyPreferences } from './key-preferences.ts'
import { keyText } from './key-text.ts'
import { SCREENS } from './screens.ts'
import { SHELL_KEYS } from './shell-keys.ts'
import { closeOverlay } from './shell-state.ts'

type Line = { readonly keys: readonly string[]; readonly does: string }

const Keys = ({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }): ReactElement => (
  <section className={styles.keys}>
    <h3>{title}</h3>
    <dl>
      {lines.map(({ keys, does }) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{keyText(key)}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
)

const EVERYWHERE: readonly Line[] = [
  ...Object.values(SHELL_KEYS),
  ...SCREENS.map(({ name, key }) => ({ keys: [`G ${key}`], does: `to ${name}` })),
]
const LIBRARY: readonly Line[] = [
  ...Object.values(TABLE_KEYS),
  { keys: ['/'], does: 'search' },
  { keys: ['Shift+F10'], does: 'what can be done with the track' },
]

/** The keys that mean something on this screen, as they are set now. */
export const KeyHelp = (): ReactElement => {
  const { pathname } = useLocation()
  const { keys, areSingleKeysOn } = useKeyPreferences()
  const desk = DESK_ACTIONS.map((action) => ({ keys: keys[action], does: DESK_KEYS[action].does }))
  return (
    <DialogFrame title="Keys" size="wide" isOpen onClose={closeOverlay}>
      {!areSingleKeysOn && <p>Keys without Ctrl, Cmd or Alt are switched off in the settings.</p>}
      <div className={styles.columns}>
        <Keys title="Everywhere" lines={EVERYWHERE} />
        {pathname === '/library' && <Keys title="In the table" lines={LIBRARY} />}
        {pathname === '/training' && <Keys title="On the labelling desk" lines={desk} />}
      </div>
    </DialogFrame>
  )
}
