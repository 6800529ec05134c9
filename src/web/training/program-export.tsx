import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import type { CuePlace } from '../../core/interop/libraries/plan-cues.ts'
import {
  LIBRARY_FILE_NAMES,
  type LibraryFileName,
  WRITTEN_LIBRARIES,
} from '../../core/interop/libraries/written-library-traits.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import styles from './program-export.module.css'

const PLACES: readonly { readonly place: CuePlace; readonly words: string }[] = [
  { place: 'hot', words: 'hot cues' },
  { place: 'memory', words: 'memory cues' },
  { place: 'both', words: 'hot cues and memory cues' },
]
const LEAD_INS = [0, 8, 16, 32] as const

const SWITCHES = [
  { name: 'grid', words: 'Beat grids', isOfCues: true },
  { name: 'key', words: 'Keys', isOfCues: true },
  { name: 'mix_points', words: 'Where to mix in and out', isOfCues: true },
  { name: 'playlists', words: 'Your playlists, and one for each of your tags', isOfCues: false },
] as const
type SwitchName = (typeof SWITCHES)[number]['name']

/** Sections as cues for another DJ program, and what to click there. */
export const ProgramExport = (): ReactElement => {
  const [isOpen, setIsOpen] = useState(false)
  const [format, setFormat] = useState<LibraryFileName>('rekordbox-xml')
  const [place, setPlace] = useState<CuePlace>('hot')
  const [leadIn, setLeadIn] = useState<(typeof LEAD_INS)[number]>(0)
  const [chosen, setChosen] = useState<ReadonlySet<SwitchName>>(new Set())
  const { holdsCues, steps, traps } = WRITTEN_LIBRARIES[format]
  const toggle = (name: SwitchName): void => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    setChosen(next)
  }
  const asked = (name: SwitchName) => ({ [name]: chosen.has(name) ? 'true' : 'false' }) as const
  const address = addressOf('downloadForProgram', {
    query: {
      format,
      place,
      lead_in_bars: leadIn,
      ...asked('grid'),
      ...asked('key'),
      ...asked('mix_points'),
      ...asked('playlists'),
    },
  })
  return (
    <>
      <Button look="bare" onClick={() => setIsOpen(true)}>
        For your DJ program…
      </Button>
      <DialogFrame title="Sections for your DJ program" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <p>
          Your labels become cues; a track without labels gets the sections that your model finds. The file has all
          analysed tracks.
        </p>
        <div className={styles.choices}>
          <label>
            Format
            <select value={format} onChange={({ target }) => setFormat(target.value as LibraryFileName)}>
              {LIBRARY_FILE_NAMES.map((name) => (
                <option key={name} value={name}>
                  {WRITTEN_LIBRARIES[name].title}
                </option>
              ))}
            </select>
          </label>
          {holdsCues && (
            <>
              <label>
                Sections as
                <select value={place} onChange={({ target }) => setPlace(target.value as CuePlace)}>
                  {PLACES.map((one) => (
                    <option key={one.place} value={one.place}>
                      {one.words}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                Count-down to drops
                <select
                  value={leadIn}
                  onChange={({ target }) => setLeadIn(LEAD_INS.find((bars) => bars === Number(target.value)) ?? 0)}
                >
                  {LEAD_INS.map((bars) => (
                    <option key={bars} value={bars}>
                      {bars === 0 ? 'none' : `${bars} bars before`}
                    </option>
                  ))}
                </select>
              </label>
            </>
          )}
          {SWITCHES.filter(({ isOfCues }) => holdsCues || !isOfCues).map(({ name, words }) => (
            <label key={name}>
              <input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} />
              {words}
            </label>
          ))}
        </div>
        <a href={address} download>
          Save the file
        </a>
        <h3>Then</h3>
        <ol className={styles.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {traps.map((trap) => (
          <p key={trap} className="quiet">
            {trap}
          </p>
        ))}
      </DialogFrame>
    </>
  )
}
