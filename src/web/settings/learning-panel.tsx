import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Panel } from '../elements/panel.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import { type Settings, useSettings } from '../queries/use-settings.ts'
import { notifyProblem } from '../shell/notices.tsx'
import styles from './setting-rows.module.css'

type NumberSetting = {
  readonly [Name in keyof Settings]: Settings[Name] extends number ? Name : never
}[keyof Settings]

/** What is typed and what is kept differ in unit where people count otherwise than the program. */
const NUMBERS: readonly {
  readonly name: NumberSetting
  readonly words: string
  readonly unit: string
  readonly per: number
  readonly step: number
}[] = [
  { name: 'min_samples_per_class', words: 'Labels of a kind that a training needs', unit: '', per: 1, step: 1 },
  {
    name: 'suggestion_min_confidence',
    words: 'Show suggestions that are at least this sure',
    unit: '%',
    per: 0.01,
    step: 5,
  },
  { name: 'training_timeout_seconds', words: 'A training may take', unit: 'min', per: 60, step: 1 },
  { name: 'max_duration_seconds', words: 'Longest track that is read', unit: 'min', per: 60, step: 10 },
  { name: 'workers', words: 'Threads that read tracks (0: one for each core)', unit: '', per: 1, step: 1 },
]

/** What the program does by itself, and how far it may go. The server says what is allowed. */
export const LearningPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: settings, error } = useSettings()
  const [said, setSaid] = useState('')
  const change = (changed: Partial<Settings>): void => {
    client
      .changeSettings({ body: changed })
      .then((now) => {
        queries.setQueryData(keys.settings, now)
        setSaid('Saved')
      })
      .catch((refusal: unknown) => {
        setSaid('')
        notifyProblem(refusal)
        void queries.invalidateQueries({ queryKey: keys.settings })
      })
  }
  return (
    <Panel title="Learning and reading" aside={<span role="status">{said}</span>}>
      {error && <ProblemNote error={error} />}
      {settings && (
        <div className={styles.rows}>
          <label>
            <input
              type="checkbox"
              checked={settings.auto_classify}
              onChange={({ target }) => change({ auto_classify: target.checked })}
            />{' '}
            Read new tracks with the active model by itself
          </label>
          {NUMBERS.map(({ name, words, unit, per, step }) => {
            const shown = Math.round((settings[name] / per) * 100) / 100
            return (
              <label key={name} className={styles.number}>
                <span>{words}</span>
                <span>
                  <input
                    key={shown}
                    type="number"
                    step={step}
                    defaultValue={shown}
                    onBlur={({ target }) => {
                      if (Number(target.value) !== shown) change({ [name]: Number(target.value) * per })
                    }}
                    onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
                  />{' '}
                  {unit}
                </span>
              </label>
            )
          })}
        </div>
      )}
    </Panel>
  )
}
