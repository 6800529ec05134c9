import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import type { WaveformPeaks } from '../../core/audio/waveform-peaks.ts'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { client } from '../kit/client.ts'
import { listedOrder } from '../library/listed-order.ts'
import { holdTrack, load, seek } from '../player/player.ts'
import { refreshTrack } from '../queries/make-stale.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import { adoptTrack, propose } from './adopt-track.ts'
import { BulkNote } from './bulk-note.tsx'
import styles from './desk.module.css'
import { readContent } from './desk-changes.ts'
import { DeskContext } from './desk-context.ts'
import type { DeskTools } from './desk-edits.ts'
import { DeskHeader } from './desk-header.tsx'
import { DeskOverview } from './desk-overview.tsx'
import { createDeskStore, gridOf } from './desk-store.ts'
import { DeskToolbar } from './desk-toolbar.tsx'
import { DeskWaveform } from './desk-waveform.tsx'
import { GridDoubts } from './grid-doubts.tsx'
import { HeardTags } from './heard-tags.tsx'
import { PlainEditor } from './plain-editor.tsx'
import { RecordingNotes } from './recording-notes.tsx'
import { RejectedList } from './rejected-list.tsx'
import { createAutosave } from './save-gestures.ts'
import { SectionTable } from './section-table.tsx'
import { SelectionWhy } from './selection-why.tsx'
import { SimilarSections } from './similar-sections.tsx'
import { SuggestionBar } from './suggestion-bar.tsx'
import { TagReadings } from './tag-readings.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import { useNextTrack } from './use-next-track.ts'
import { moveView } from './view.ts'

type OpenDeskProps = {
  readonly track: TrackDocument
  readonly peaks: WaveformPeaks | undefined
  readonly beat: number | null
}

/** What the person does on the desk stands here at once, the grid too; the server is told, and what it has new comes here. */
export const OpenDesk = ({ track, peaks, beat }: OpenDeskProps): ReactElement => {
  const queries = useQueryClient()
  const tracks = useNextTrack(track.id)
  const root = useRef<HTMLElement>(null)
  const [desk] = useState(() =>
    createDeskStore({
      trackId: track.id,
      durationSeconds: track.duration_seconds!,
      content: readContent(track, []),
      revision: track.labels_revision,
      knownAt: track.askedAt,
    }),
  )
  const save = useMemo(
    () => createAutosave(desk, () => void refreshTrack(queries, track.id)),
    [desk, queries, track.id],
  )

  const tools = useMemo(
    (): DeskTools => ({
      desk,
      save,
      ...tracks,
      findRepeats: async ({ startBeat, endBeat }) => {
        const query = { start_beat: startBeat, end_beat: endBeat }
        const repeats = await client.repeats({ params: { id: track.id }, query })
        return repeats.map(({ start_beat, end_beat }) => ({ startBeat: start_beat, endBeat: end_beat }))
      },
    }),
    [desk, save, tracks, track.id],
  )
  useDeskKeys(tools, root)
  useEffect(holdTrack, [])

  useEffect(() => {
    load(track.id, track.title, listedOrder)
    if (beat !== null) {
      seek(beatsToSeconds(gridOf(desk.getState()), beat))
      moveView(desk, beatsToSeconds(gridOf(desk.getState()), beat))
      desk.setState({ selectedBeat: beat })
    }
    // A dialog that was opened while the desk was on its way keeps the focus.
    if (document.activeElement?.closest('[role="dialog"]')) return
    root.current?.querySelector<HTMLElement>('[data-desk-focus]')?.focus({ preventScroll: true })
  }, [desk, track.id, track.title, beat])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (desk.getState().saving !== 'saved') event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [desk])

  useEffect(() => {
    const { revision, saving, knownAt } = desk.getState()
    const isNews = track.askedAt >= knownAt && revision !== track.labels_revision
    if (saving === 'saved' && isNews) adoptTrack(desk, track)
    propose(desk, track)
  }, [desk, track])

  return (
    <DeskContext value={tools}>
      <section ref={root} className={styles.desk} aria-label="Labelling desk">
        <DeskHeader track={track} />
        <DeskOverview peaks={peaks} />
        <DeskWaveform peaks={peaks} energyCurve={track.facts?.energy_curve ?? []} />
        <DeskToolbar />
        <GridDoubts track={track} />
        <BulkNote trackId={track.id} />
        <PlainEditor />
        <SuggestionBar />
        <SelectionWhy />
        <RejectedList trackId={track.id} />
        <TagReadings trackId={track.id} />
        <RecordingNotes flags={track.quality ?? []} />
        <HeardTags track={track} />
        <SimilarSections trackId={track.id} />
        <details className={styles.table}>
          <summary>Sections as a table</summary>
          <SectionTable energyCurve={track.facts?.energy_curve ?? []} />
        </details>
      </section>
    </DeskContext>
  )
}
