import type { ReactElement } from 'react'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { type KeyLine, linesOf } from '../kit/keys/key-tables.ts'
import { keyText } from '../kit/keys/key-text.ts'
import styles from './key-help.module.css'
import { closeOverlay } from './overlay.ts'
import { NAVIGATION, useScreen } from './screens.tsx'
import { SHELL_KEYS } from './shell-keys.ts'

const Keys = ({ title, lines }: { readonly title: string; readonly lines: readonly KeyLine[] }): ReactElement => (
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

const SCREEN_LINES = NAVIGATION.map(({ name, key }): KeyLine => ({ keys: [`G ${key}`], does: `to ${name}` }))

/** The keys that mean something on this screen, as they are set now. */
export const KeyHelp = (): ReactElement => {
  const screen = useScreen()
  const { chosen, areSingleKeysOn } = useKeyPreferences()
  return (
    <DialogFrame title="Keys" size="wide" isOpen onClose={closeOverlay}>
      {!areSingleKeysOn && <p>Single keys are switched off in Settings.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where the list is longer than the dialog, keys scroll it */}
      <section className={styles.columns} aria-label="All keys" tabIndex={0}>
        <Keys title={SHELL_KEYS.title} lines={[...linesOf(SHELL_KEYS, chosen), ...SCREEN_LINES]} />
        {screen?.keys.map((table) => (
          <Keys key={table.title} title={table.title} lines={linesOf(table, chosen)} />
        ))}
      </section>
    </DialogFrame>
  )
}
