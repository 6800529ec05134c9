import { Fragment, type KeyboardEvent, type ReactElement, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { assignKey, restoreKeys, switchSingleKeys, useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionsOf, type KeyTable, keysOf, keyTables } from '../kit/keys/key-tables.ts'
import { keyText } from '../kit/keys/key-text.ts'
import { nameOfKey } from '../kit/keys/name-of-key.ts'
import styles from './keys-panel.module.css'

const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta']

const Keys = ({ names }: { readonly names: readonly string[] }): ReactElement[] =>
  names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ' or '}
      <kbd>{keyText(name)}</kbd>
    </Fragment>
  ))

/** One table of keys: press the one that is wanted; a key that does something else already is refused, and that is said. */
const TableOfKeys = ({ table }: { readonly table: KeyTable }): ReactElement => {
  const { chosen } = useKeyPreferences()
  const [asking, setAsking] = useState<string | null>(null)
  const [refusal, setRefusal] = useState('')
  const take = (event: KeyboardEvent): void => {
    if (asking === null || MODIFIERS.includes(event.key)) return
    event.preventDefault()
    const key = nameOfKey(event)
    const taken = event.key === 'Escape' ? null : assignKey(table, asking, key)
    setRefusal(taken === null ? '' : `${keyText(key)} does “${table.actions[taken]!.does}” already.`)
    setAsking(null)
  }
  return (
    <section aria-label={table.title}>
      <h3>{table.title}</h3>
      <p role="alert" className={styles.refusal}>
        {refusal}
      </p>
      <ul className={styles.keys}>
        {actionsOf(table).map((action) => {
          const [keys, { does }] = [keysOf(table, action, chosen), table.actions[action]!]
          return (
            <li key={action}>
              <span>{does}</span>
              <button
                type="button"
                className={styles.key}
                aria-label={`Key for: ${does}. Now ${keys.map((key) => keyText(key)).join(' or ')}`}
                onClick={() => setAsking(action)}
                onKeyDown={take}
                onBlur={() => setAsking(null)}
              >
                {asking === action ? 'press a key…' : <Keys names={keys} />}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** The keys that can be changed. */
export const KeysPanel = (): ReactElement => {
  const areSingleKeysOn = useKeyPreferences((state) => state.areSingleKeysOn)
  return (
    <Panel title="Keys" aside={<Button onClick={restoreKeys}>Usual keys</Button>}>
      <label>
        <input type="checkbox" checked={areSingleKeysOn} onChange={({ target }) => switchSingleKeys(target.checked)} />{' '}
        Single keys work (without Ctrl, Cmd or Alt)
      </label>
      {keyTables()
        .filter(({ isChangeable }) => isChangeable)
        .map((table) => (
          <TableOfKeys key={table.title} table={table} />
        ))}
    </Panel>
  )
}
