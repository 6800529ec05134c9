import type { ReactElement } from 'react'
import { MIN_LABEL_BEATS } from '../../core/labels/label-edit.ts'
import { relabel } from '../../core/labels/reshape-labels.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { Button } from '../kit/elements/button.tsx'
import { barOf } from '../waveform/paint-grid.ts'
import { useDesk, useDeskTools } from './desk-context.ts'
import { changeLabels } from './desk-edits.ts'
import { edgeEdit } from './label-edits.ts'
import styles from './section-table.module.css'

const SOURCES = { user: 'yours', imported: 'imported', auto_detected: 'suggested' } as const

/** The labels of the track as a table: all that can be done on the waveform can be done here, without seeing it. */
export const SectionTable = (): ReactElement => {
  const tools = useDeskTools()
  const labels = useDesk((state) => state.history.present)
  const grid = useDesk((state) => state.grid)
  const selectedBeat = useDesk((state) => state.selectedBeat)
  if (labels.length === 0)
    return <p className="quiet">No labels yet: drag over the waveform, or press 1 to 7 at the playhead.</p>
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>Kind</th>
          <th>Start beat</th>
          <th>End beat</th>
          <th>Bars</th>
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
                aria-label={`Kind of the section at beat ${label.startBeat}`}
                value={label.kind}
                onChange={({ target }) =>
                  changeLabels(
                    tools,
                    (all) => relabel(all, label, target.value as SectionKind).labels,
                    `Now ${target.value}.`,
                  )
                }
              >
                {SECTION_KINDS.map((kind) => (
                  <option key={kind}>{kind}</option>
                ))}
              </select>
            </td>
            {(['start', 'end'] as const).map((edge) => {
              const beat = edge === 'start' ? label.startBeat : label.endBeat
              return (
                <td key={edge}>
                  <input
                    key={beat}
                    type="number"
                    aria-label={`${edge === 'start' ? 'Start' : 'End'} of the ${label.kind} at beat ${label.startBeat}`}
                    min={edge === 'start' ? 0 : label.startBeat + MIN_LABEL_BEATS}
                    max={edge === 'start' ? label.endBeat - MIN_LABEL_BEATS : grid.beatCount}
                    defaultValue={beat}
                    onBlur={({ target }) => {
                      const wanted = Math.round(Number(target.value))
                      if (wanted !== beat)
                        changeLabels(tools, edgeEdit(label, edge, wanted), `${edge} at beat ${wanted}.`)
                    }}
                  />
                </td>
              )
            })}
            <td className="figures">
              {barOf(grid, label.startBeat)}–{barOf(grid, label.endBeat - 1)}
            </td>
            <td className="quiet">{SOURCES[label.source]}</td>
            <td>
              <Button
                look="bare"
                aria-label={`Delete the ${label.kind} at beat ${label.startBeat}`}
                onClick={() =>
                  changeLabels(tools, (all) => all.filter((one) => one.startBeat !== label.startBeat), 'Deleted.')
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
