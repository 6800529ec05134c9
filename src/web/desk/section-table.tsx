import type { ReactElement } from 'react'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { parsePlace, placeText, spanText } from '../../core/labels/bar-text.ts'
import { relabel } from '../../core/labels/reshape-labels.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { sectionEnergy } from '../../core/sections/section-energy.ts'
import { Button } from '../kit/elements/button.tsx'
import { timeText } from '../kit/words/time-text.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { changeLabels } from './desk-edits.ts'
import { gridOf, labelsOf } from './desk-store.ts'
import { edgeEdit } from './label-edits.ts'
import { PlaceField } from './place-field.tsx'
import styles from './section-table.module.css'

const SOURCES = { user: 'yours', imported: 'imported', auto_detected: 'suggested' } as const

/** The labels of the track as a table: all that can be done on the waveform can be done here, without seeing it. */
export const SectionTable = ({ energyCurve }: { readonly energyCurve: readonly number[] }): ReactElement => {
  const tools = useDeskTools()
  const own = useOwnKinds()
  const labels = useDesk(labelsOf)
  const grid = useDesk(gridOf)
  const selectedBeat = useDesk((state) => state.selectedBeat)
  if (labels.length === 0)
    return <p className="quiet">No labels yet: drag over the waveform, or press 1 to 7 where a section begins.</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Kind</th>
          <th>Start</th>
          <th>End</th>
          <th>Time</th>
          <th>Energy</th>
          <th>Source</th>
          <th>
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => (
          <tr key={label.startBeat} data-selected={label.startBeat === selectedBeat || undefined}>
            <td>
              <select
                aria-label={`Kind of the section at ${placeText(grid, label.startBeat)}`}
                value={label.ownKindId ?? label.kind}
                onChange={({ target }) => {
                  const mine = own.get(Number(target.value))
                  const kind = mine?.maps_to ?? (target.value as SectionKind)
                  changeLabels(
                    tools,
                    (all) => relabel(all, label, kind, mine?.id).labels,
                    `${label.kind}, ${spanText(grid, label)} is now ${mine?.name ?? kind}`,
                  )
                }}
              >
                {SECTION_KINDS.map((kind) => (
                  <option key={kind}>{kind}</option>
                ))}
                {[...own.values()]
                  .filter(({ id, is_removed }) => !is_removed || id === label.ownKindId)
                  .map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
              </select>
            </td>
            {(['start', 'end'] as const).map((edge) => {
              const beat = edge === 'start' ? label.startBeat : label.endBeat
              const place = placeText(grid, beat)
              return (
                <td key={edge}>
                  <PlaceField
                    key={place}
                    aria-label={`${edge === 'start' ? 'Start' : 'End'} of the ${label.kind} at ${placeText(grid, label.startBeat)}`}
                    defaultValue={place}
                    onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
                    onBlur={({ target }) => {
                      const wanted = Math.min(parsePlace(grid, target.value) ?? beat, grid.beatCount)
                      const name = `${edge} of the ${label.kind} at ${placeText(grid, wanted)}`
                      const isMoved = wanted !== beat && changeLabels(tools, edgeEdit(label, edge, wanted), name)
                      if (!isMoved) target.value = place
                    }}
                  />
                </td>
              )
            })}
            <td className="figures">
              {timeText(Math.max(0, beatsToSeconds(grid, label.startBeat)))}–
              {timeText(beatsToSeconds(grid, label.endBeat))}
            </td>
            <td className="figures">{sectionEnergy(energyCurve, grid, label) ?? '–'}</td>
            <td className="quiet">{SOURCES[label.source]}</td>
            <td>
              <Button
                look="bare"
                aria-label={`Delete the ${label.kind} at ${placeText(grid, label.startBeat)}`}
                onClick={() =>
                  changeLabels(
                    tools,
                    (all) => all.filter((one) => one.startBeat !== label.startBeat),
                    `deleted ${label.kind}, ${spanText(grid, label)}`,
                  )
                }
              >
                ✕
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
