import { Fragment, type KeyboardEvent, type ReactElement, useState } from 'react'
import { DESK_ACTIONS, DESK_KEYS, type DeskAction, nameOfKey } from '../desk/key-map.ts'
import { Button } from '../elements/button.tsx'
import { Panel } from '../elements/panel.tsx'
import { assignKey, restoreKeys, switchSingleKeys, useKeyPreferences } from '../shell/key-preferences.ts'
import { keyText } from '../shell/key-text.ts'
import styles from './keys-panel.module.css'

const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta']

const Keys = ({ names }: { readonly names: readonly string[] }): ReactElement[] =>
  names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ' or '}
      <kbd>{keyText(name)}</kbd>
    </Fragment>
  ))

/** The keys of the desk: press the one that is wanted; a key that does something else already is refused, and that is said. */
export const KeysPanel = (): ReactElement => {
  const { keys, areSingleKeysOn } = useKeyPreferences()
  const [asking, setAsking] = useState<DeskAction | null>(null)
  const [refusal, setRefusal] = useState('')
  const take = (event: KeyboardEvent): void => {
    if (asking === null || MODIFIERS.includes(event.key)) return
    event.preventDefault()
    const key = nameOfKey(event)
    const taken = event.key === 'Escape' ? null : assignKey(asking, key)
    setRefusal(taken === null ? '' : `${keyText(key)} does “${DESK_KEYS[taken].does}” already.`)
    setAsking(null)
  }
  return (
    <Panel title="Keys of the labelling desk" aside={<Button onClick={restoreKeys}>Usual keys</Button>}>
      <label>
        <input type="checkbox" checked={areSingleKeysOn} onChange={({ target }) => switchSingleKeys(target.checked)} />{' '}
        Single keys work (without Ctrl, Cmd or Alt)
      </label>
      <p role="alert" className={styles.refusal}>
        {refusal}
      </p>
      <ul className={styles.keys}>
        {DESK_ACTIONS.map((action) => (
          <li key={action}>
            <span>{DESK_KEYS[action].does}</span>
            <button
              type="button"
              className={styles.key}
              aria-label={`Key for: ${DESK_KEYS[action].does}. Now ${keys[action].map((key) => keyText(key)).join(' or ')}`}
              onClick={() => setAsking(action)}
              onKeyDown={take}
              onBlur={() => setAsking(null)}
            >
              {asking === action ? 'press a key…' : <Keys names={keys[action]} />}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
