import { useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { Link } from 'react-router'
import { barRange } from '../../core/labels/bar-text.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { OwnKindChip } from '../kit/elements/own-kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { rowBars } from '../kit/words/row-bars.ts'
import { timeText } from '../kit/words/time-text.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import { type LabelRow, useLabels } from '../queries/use-training.ts'
import { LabelFiles } from './label-files.tsx'
import styles from './label-list.module.css'
import { changeList, useTraining } from './training-state.ts'

const ROW_PIXELS = 34
const SOURCES: Readonly<Record<string, string>> = { user: 'user', imported: 'imported', auto_detected: 'suggested' }

/** Its title, and the path of its file for who remembers that. */
const searched = ({ track_title, track_path }: LabelRow): string => `${track_title} ${track_path ?? ''}`.toLowerCase()

/** Every label links to its place on the desk. */
export const LabelList = (): ReactElement => {
  const own = useOwnKinds()
  const queries = useQueryClient()
  const { data: labels, error } = useLabels()
  const kind = useTraining(({ list }) => list.kind)
  const source = useTraining(({ list }) => list.source)
  const text = useTraining(({ list }) => list.text)
  const box = useRef<HTMLDivElement>(null)
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return (labels ?? []).filter(
      (label) =>
        (kind === '' || label.label_value === kind) &&
        (source === '' || label.source === source) &&
        searched(label).includes(wanted),
    )
  }, [labels, kind, source, text])
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 8,
  })
  const hasLabels = labels !== undefined
  useLayoutEffect(() => {
    if (hasLabels && box.current) box.current.scrollTop = useTraining.getState().list.scrolled
  }, [hasLabels])
  const key = queryOf('listLabels').queryKey
  const refresh = (): Promise<void> => refreshAfter(queries, 'labels')
  const restore = ({ track_id, label_value, start_beat, end_beat, source }: LabelRow): void => {
    const body = { track_id, label_value, start_beat, end_beat, source: source as 'user' }
    client.addLabel({ query: {}, body }).then(refresh, notifyProblem)
  }
  /** The index of a row that is about to go; the row that takes its place gets the focus, so that the next key acts there. */
  const leaving = useRef<number | null>(null)
  useEffect(() => {
    if (leaving.current === null) return
    const next = Math.min(leaving.current, shown.length - 1)
    leaving.current = null
    box.current?.querySelector<HTMLElement>(`[aria-rowindex="${next + 2}"] a`)?.focus()
  }, [shown])
  // A catalogue writes and reads no files.
  const isOwn = useIsCatalogue() === false
  const remove = (label: LabelRow, index: number): void => {
    const deleted = async (): Promise<void> => {
      await queries.cancelQueries({ queryKey: key, exact: true })
      leaving.current = index
      queries.setQueryData(key, (all) => all?.filter(({ id }) => id !== label.id))
      await client.deleteLabel({ params: { id: label.id } })
      const title = `${label.label_value} of ${label.track_title} deleted`
      notify({ tone: 'plain', title, action: { name: 'Undo', run: () => restore(label) } })
    }
    // A label that the server refuses to delete comes back.
    void deleted().catch(notifyProblem).finally(refresh)
  }
  const aside = isOwn ? <LabelFiles count={labels?.length ?? 0} /> : countText(labels?.length ?? 0, 'label')
  return (
    <Panel title="Labels" aside={labels && aside}>
      {error && <ProblemNote error={error} />}
      <div className={styles.filters}>
        <input
          type="search"
          aria-label="Search by track"
          placeholder="Track…"
          value={text}
          onChange={({ target }) => changeList({ text: target.value })}
        />
        <select aria-label="Kind" value={kind} onChange={({ target }) => changeList({ kind: target.value })}>
          <option value="">all kinds</option>
          {SECTION_KINDS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <select aria-label="Source" value={source} onChange={({ target }) => changeList({ source: target.value })}>
          <option value="">all sources</option>
          {Object.entries(SOURCES).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {labels && shown.length < labels.length && (
        <p className="quiet" role="status">
          {shown.length} of {labels.length} are shown
        </p>
      )}
      {labels?.length === 0 && (
        <p className="quiet">
          No labels yet. Choose a track in the <Link to="/library">library</Link> and paint its sections.
        </p>
      )}
      <div
        ref={box}
        hidden={labels?.length === 0}
        className={styles.list}
        role="table"
        aria-label="Labels"
        aria-rowcount={shown.length + 1}
        onScroll={({ currentTarget }) => changeList({ scrolled: currentTarget.scrollTop })}
      >
        <div role="row" className={styles.head}>
          {['Track', 'Label', 'Bars', 'Time', 'Source', ''].map((name) => (
            <span key={name} role="columnheader">
              {name || <span className="sr-only">Actions</span>}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const label = shown[index]!
            return (
              <div
                key={label.id}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <span role="cell" className={styles.track}>
                  <Link
                    to={deskPath(label.track_id, label.start_beat)}
                    aria-keyshortcuts="Delete"
                    onKeyDown={({ key }) => key === 'Delete' && remove(label, index)}
                    title={label.track_path ?? ''}
                  >
                    {label.track_title}
                  </Link>
                </span>
                <span role="cell">
                  {own.has(label.own_kind_id ?? 0) ? (
                    <OwnKindChip kind={own.get(label.own_kind_id!)!} />
                  ) : (
                    <KindChip kind={label.label_value} />
                  )}
                </span>
                <span role="cell" className="figures">
                  {rowBars(label, barRange)}
                </span>
                <span role="cell" className="figures quiet">
                  {timeText(label.start_time_seconds)}
                </span>
                <span role="cell" className="quiet">
                  {SOURCES[label.source] ?? label.source}
                </span>
                <span role="cell">
                  <Button
                    look="bare"
                    aria-label={`Delete ${label.label_value} of ${label.track_title}`}
                    onClick={() => remove(label, index)}
                  >
                    ✕
                  </Button>
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </Panel>
  )
}
