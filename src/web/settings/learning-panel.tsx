import type { ReactElement } from 'react'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { NumberRow, type NumberRowProps, type NumberSetting } from './number-row.tsx'
import styles from './setting-rows.module.css'
import { useChangingSettings } from './use-changing-settings.ts'

/** What is typed and what is kept differ in unit where people count otherwise than the program. */
const NUMBERS: readonly (Pick<NumberRowProps, 'words' | 'unit' | 'step'> & {
  readonly name: NumberSetting
  readonly per: number
})[] = [
  { name: 'min_samples_per_class', words: 'Labels of each kind needed to train', unit: '', per: 1, step: 1 },
  {
    name: 'suggestion_min_confidence',
    words: 'Show suggestions with at least this confidence',
    unit: '%',
    per: 0.01,
    step: 5,
  },
  {
    name: 'min_similarity_threshold',
    words: 'Tracks are similar when closer than this share of the library',
    unit: '%',
    per: 0.01,
    step: 5,
  },
  { name: 'training_timeout_seconds', words: 'Stop a training after', unit: 'min', per: 60, step: 1 },
  { name: 'max_duration_seconds', words: 'Longest track to analyse', unit: 'min', per: 60, step: 10 },
  {
    name: 'workers',
    words: 'Analysis threads (0: one per core), from the next start',
    unit: '',
    per: 1,
    step: 1,
  },
]

/** What the program does by itself, and how far it may go. The server says what is allowed. */
export const LearningPanel = (): ReactElement => {
  const { settings, error, said, toggle, changeNumber } = useChangingSettings()
  return (
    <Panel title="Learning and reading" aside={<span role="status">{said}</span>}>
      {error && <ProblemNote error={error} />}
      {settings && (
        <div className={styles.rows}>
          <label>
            <input
              type="checkbox"
              checked={settings.auto_classify}
              onChange={({ target }) => void toggle({ auto_classify: target.checked })}
            />{' '}
            Find sections in new tracks automatically
          </label>
          <label>
            <input
              type="checkbox"
              checked={settings.base_model}
              onChange={({ target }) => void toggle({ base_model: target.checked })}
            />{' '}
            Suggest sections before you have a model of your own, and start yours from the shipped model
          </label>
          {NUMBERS.map(({ name, per, ...row }) => (
            <NumberRow
              key={name}
              {...row}
              value={Math.round((settings[name] / per) * 100) / 100}
              onChange={(value) => changeNumber(name, value * per)}
            />
          ))}
        </div>
      )}
    </Panel>
  )
}
