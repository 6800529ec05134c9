import type { ReactElement, ReactNode } from 'react'
import type { CuePlace } from '../../core/interop/libraries/plan-cues.ts'
import {
  WRITTEN_LIBRARIES,
  WRITTEN_LIBRARY_NAMES,
  type WrittenLibraryName,
} from '../../core/interop/libraries/written-library-traits.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { LEAD_INS, LOOPS, NAMES, PADS, type ProgramChoices, type SwitchName } from './program-choices.ts'
import styles from './program-export.module.css'

const PLACES: readonly { readonly value: CuePlace; readonly words: string }[] = [
  { value: 'hot', words: 'hot cues' },
  { value: 'memory', words: 'memory cues' },
  { value: 'both', words: 'hot cues and memory cues' },
]

const SWITCHES: readonly { readonly name: SwitchName; readonly words: string; readonly isOfCues: boolean }[] = [
  { name: 'grid', words: 'Beat grids', isOfCues: true },
  { name: 'key', words: 'Keys', isOfCues: true },
  { name: 'mix_points', words: 'Where to mix in and out', isOfCues: true },
  { name: 'playlists', words: 'Your playlists, and one for each of your tags', isOfCues: false },
]

type Option = { readonly value: string | number; readonly words: string }
type ChoiceProps = {
  readonly name: string
  readonly value: string | number
  readonly options: readonly Option[]
  readonly onChoose: (value: string) => void
}

const Choice = ({ name, value, options, onChoose }: ChoiceProps): ReactElement => (
  <label>
    {name}
    <select value={value} onChange={({ target }) => onChoose(target.value)}>
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.words}
        </option>
      ))}
    </select>
  </label>
)

const loopWords = (loop: string): string => {
  const [at, bars] = loop.split('-')
  return `${at === 'start' ? 'first' : 'last'} ${bars} bars`
}

const NO_LOOP = 'none'
const LOOP_OPTIONS = [
  { value: NO_LOOP, words: 'none' },
  ...LOOPS.map((loop) => ({ value: loop, words: loopWords(loop) })),
]
const LEAD_IN_OPTIONS = LEAD_INS.map((bars) => ({ value: bars, words: bars === 0 ? 'none' : `${bars} bars before` }))
const PAD_OPTIONS = PADS.map((pads) => ({ value: pads, words: `the first ${pads}` }))
const NAME_OPTIONS = NAMES.map(({ template, example }) => ({ value: template, words: example }))
const FORMAT_OPTIONS = WRITTEN_LIBRARY_NAMES.map((name) => ({ value: name, words: WRITTEN_LIBRARIES[name].title }))

type Change = (part: Partial<ProgramChoices>) => void

const toggled = <Value,>(all: readonly Value[], one: Value): readonly Value[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one]

/** Cues of the sections: which, where, how they are called. */
const CueFields = ({ choices, change }: { readonly choices: ProgramChoices; readonly change: Change }): ReactNode => (
  <>
    <Choice
      name="Sections as"
      value={choices.place}
      options={PLACES}
      onChoose={(value) => change({ place: value as CuePlace })}
    />
    <Choice
      name="Pads"
      value={choices.pads}
      options={PAD_OPTIONS}
      onChoose={(value) => change({ pads: Number(value) })}
    />
    <Choice name="Names" value={choices.names} options={NAME_OPTIONS} onChoose={(names) => change({ names })} />
    <Choice
      name="Loops"
      value={choices.loop ?? NO_LOOP}
      options={LOOP_OPTIONS}
      onChoose={(value) => change({ loop: LOOPS.find((loop) => loop === value) ?? null })}
    />
    <Choice
      name="Count-down to drops"
      value={choices.leadIn}
      options={LEAD_IN_OPTIONS}
      onChoose={(value) => change({ leadIn: Number(value) })}
    />
    <fieldset className={styles.kinds}>
      <legend>Which sections</legend>
      {SECTION_KINDS.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            aria-label={`Every ${kind}`}
            checked={choices.kinds.includes(kind)}
            onChange={() => change({ kinds: toggled(choices.kinds, kind) })}
          />
          <KindChip kind={kind} />
        </label>
      ))}
    </fieldset>
  </>
)

/** What is written, and for which program. */
export const ProgramChoiceFields = ({
  choices,
  change,
}: {
  readonly choices: ProgramChoices
  readonly change: Change
}): ReactElement => {
  const { holdsCues } = WRITTEN_LIBRARIES[choices.format]
  return (
    <div className={styles.choices}>
      <Choice
        name="Format"
        value={choices.format}
        options={FORMAT_OPTIONS}
        onChoose={(value) => change({ format: value as WrittenLibraryName, isMerged: false })}
      />
      {holdsCues && <CueFields choices={choices} change={change} />}
      {SWITCHES.filter(({ name, isOfCues }) => (isOfCues ? holdsCues : name !== 'playlists' || !choices.isMerged)).map(
        ({ name, words }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={choices.switches.includes(name)}
              onChange={() => change({ switches: toggled(choices.switches, name) })}
            />
            {words}
          </label>
        ),
      )}
    </div>
  )
}
