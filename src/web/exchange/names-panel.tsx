import { Play, Square } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { eachOnce, MOST_QUESTIONS } from '../../core/interop/libraries/cue-questions.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { clock } from '../../core/units/clock.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { togglePreview, usePreview } from '../player/preview.ts'
import styles from './bring-in.module.css'
import { change, useBringIn } from './bring-in-state.ts'
import { type AskedOf, answerTo, withAnswer } from './cue-answers.ts'
import type { LibraryReport } from './use-job-report.ts'

/** Long enough to hear what begins there. */
const HEARD_SECONDS = 12

type Question = LibraryReport['questions'][number]
type Example = Question['examples'][number]

const ExampleButton = ({ example, name }: { readonly example: Example; readonly name: string }): ReactElement => {
  const { track_id: trackId, title, seconds } = example
  const key = `cue ${trackId} ${seconds}`
  const isPlaying = usePreview((state) => state.key === key)
  const Icon = isPlaying ? Square : Play
  return (
    <Button
      look="bare"
      aria-label={`${isPlaying ? 'Stop' : 'Listen to'} ${name}: ${title}, ${clock(seconds)}`}
      onClick={() => togglePreview(key, trackId, { from: Math.max(0, seconds), to: seconds + HEARD_SECONDS })}
    >
      <Icon size={13} aria-hidden="true" /> {title} <span className="quiet figures">{clock(seconds)}</span>
    </Button>
  )
}

const NOT_SAID = 'not said'
const NO_SECTION = 'none'

type KindSelectProps = {
  readonly asked: AskedOf
  readonly name: string
  readonly kind: SectionKind | null | undefined
}

const KindSelect = ({ asked, name, kind }: KindSelectProps): ReactElement => {
  const answers = useBringIn((state) => state.answers)
  const said = answerTo(answers, asked)
  const chosen = said === undefined ? kind : said
  const answer = (value: string): void => {
    const meant = value === NOT_SAID ? undefined : value === NO_SECTION ? null : (value as SectionKind)
    change({ answers: withAnswer(answers, asked, meant) })
  }
  return (
    <select
      aria-label={`What ${name} stands for`}
      value={chosen === undefined ? NOT_SAID : (chosen ?? NO_SECTION)}
      onChange={({ target }) => answer(target.value)}
    >
      {kind === undefined && <option value={NOT_SAID}>choose…</option>}
      {SECTION_KINDS.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
      <option value={NO_SECTION}>no section</option>
    </select>
  )
}

const NameText = ({ name, colour }: Pick<Question, 'name' | 'colour'>): ReactNode =>
  name === null ? (
    <span className={styles.colour}>
      <span style={{ background: colour ?? 'none' }} aria-hidden="true" /> colour {colour}
    </span>
  ) : (
    name
  )

/** What the names of cues stand for: the few that are not understood, and those that are, to be corrected. */
export const NamesPanel = ({ libraries }: { readonly libraries: readonly LibraryReport[] }): ReactElement | null => {
  const open = eachOnce(libraries.map(({ program, questions: asked }) => ({ program, asked })))
  const questions = open.slice(0, MOST_QUESTIONS)
  const known = eachOnce(
    libraries.map(({ program, known: asked }) => ({ program, asked })),
    (one) => `${one.key}\n${one.kind}\n${one.is_answered}`,
  )
  const unasked = libraries.reduce((sum, one) => sum + one.unasked, open.length - questions.length)
  if (questions.length + known.length === 0) return null
  const rowsOf = Map.groupBy([...questions, ...known], ({ key }) => key)
  /** What is one thing in one program and another, or not known, in the other is told apart by them. */
  const placeOf = ({ key, programs }: AskedOf): string =>
    rowsOf.get(key)!.length > 1 ? ` in ${programs.join(' and ')}` : ''
  const textOf = (one: AskedOf & Pick<Question, 'name' | 'colour'>): string =>
    `${one.name ?? `the colour ${one.colour}`}${placeOf(one)}`
  return (
    <Panel title="What your names mean" aside={questions.length > 0 && countText(questions.length, 'question')}>
      <div className={styles.stack}>
        {questions.length > 0 && (
          <table className={styles.names}>
            <caption className="quiet">
              What begins at a cue of this name? Your answers are kept for the next time.
            </caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Cues</th>
                <th scope="col">Listen</th>
                <th scope="col">It is</th>
              </tr>
            </thead>
            <tbody>
              {questions.map((question) => (
                <tr key={question.key}>
                  <th scope="row">
                    <NameText {...question} />
                    {placeOf(question)}
                  </th>
                  <td className="figures">
                    {question.cues} on {countText(question.tracks)}
                  </td>
                  <td>
                    {question.examples.map((example) => (
                      <ExampleButton key={example.track_id} example={example} name={textOf(question)} />
                    ))}
                  </td>
                  <td>
                    <KindSelect asked={question} name={textOf(question)} kind={undefined} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {unasked > 0 && <p className="quiet">{countText(unasked, 'rarer name')} will only help to place the edges.</p>}
        {known.length > 0 && (
          <details>
            <summary>{countText(known.length, 'name')} understood</summary>
            <table className={styles.names}>
              <tbody>
                {known.map((one) => (
                  <tr key={`${one.key} ${one.programs.join()} ${one.kind}`}>
                    <th scope="row">
                      <NameText {...one} />
                      {placeOf(one)}
                    </th>
                    <td className="figures">{countText(one.cues, 'cue')}</td>
                    <td>
                      <KindSelect asked={one} name={textOf(one)} kind={one.kind} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )}
      </div>
    </Panel>
  )
}
