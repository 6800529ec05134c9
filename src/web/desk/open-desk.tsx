import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react'
import type { z } from 'zod'
import type { gridVersion } from '../../api/operations/grids.ts'
import type { WaveformPeaks } from '../../core/audio/waveform-peaks.ts'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { spansOverlap } from '../../core/labels/span.ts'
import { client } from '../kit/client.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { load, seek } from '../player/player.ts'
import { refreshTrack } from '../queries/make-stale.ts'
import { type TrackDocument, toBeatGrid } from '../queries/use-track.ts'
import styles from './desk.module.css'
import { DeskContext } from './desk-context.ts'
import type { DeskTools } from './desk-edits.ts'
import { DeskHeader } from './desk-header.tsx'
import { DeskOverview } from './desk-overview.tsx'
import { adopt, createDeskStore } from './desk-store.ts'
import { DeskToolbar } from './desk-toolbar.tsx'
import { DeskWaveform } from './desk-waveform.tsx'
import { HeardTags } from './heard-tags.tsx'
import { PlainEditor } from './plain-editor.tsx'
import { RecordingNotes } from './recording-notes.tsx'
import { RejectedList } from './rejected-list.tsx'
import { createAutosave, toLabel } from './save-labels.ts'
import { SectionTable } from './section-table.tsx'
import { SelectionWhy } from './selection-why.tsx'
import { SimilarSections } from './similar-sections.tsx'
import { SuggestionBar } from './suggestion-bar.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import { useNextTrack } from './use-next-track.ts'
import { moveView } from './view.ts'

type OpenDeskProps = {
  readonly track: TrackDocument
  readonly grid: z.output<typeof gridVersion>
  readonly peaks: WaveformPeaks | undefined
  readonly beat: number | null
}

/** A desk belongs to one version of a track's grid: another version is another desk, because every beat has moved. */
export const OpenDesk = ({ track, grid, peaks, beat }: OpenDeskProps): ReactElement => {
  const queries = useQueryClient()
  const tracks = useNextTrack(track.id)
  const root = useRef<HTMLElement>(null)
  const [desk] = useState(() =>
    createDeskStore({
      trackId: track.id,
      grid: toBeatGrid(grid),
      durationSeconds: track.duration_seconds!,
      labels: track.labels.map(toLabel),
      revision: track.labels_revision,
      knownAt: track.askedAt,
    }),
  )
  const save = useMemo(() => createAutosave(desk), [desk])

  const tools = useMemo((): DeskTools => {
    const refresh = (): Promise<void> => refreshTrack(queries, track.id)
    return {
      desk,
      save,
      ...tracks,
      reject: ({ id }) => {
        desk.setState(({ ghosts }) => ({ ghosts: ghosts.filter((one) => one.id !== id) }))
        client
          .rejectSuggestion({ params: { id: track.id, suggestion: id } })
          .catch(notifyProblem)
          .finally(() => void refresh())
      },
      findRepeats: async ({ startBeat, endBeat }) => {
        const query = { start_beat: startBeat, end_beat: endBeat }
        const repeats = await client.repeats({ params: { id: track.id }, query })
        return repeats.map(({ start_beat, end_beat }) => ({ startBeat: start_beat, endBeat: end_beat }))
      },
      editGrid: (edit) => void client.editGrid({ params: { id: track.id }, body: edit }).then(refresh, notifyProblem),
    }
  }, [desk, save, tracks, queries, track.id])
  useDeskKeys(tools, root)

  useEffect(() => {
    load(track.id, track.title)
    if (beat !== null) {
      seek(beatsToSeconds(desk.getState().grid, beat))
      moveView(desk, beatsToSeconds(desk.getState().grid, beat))
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
    const { revision, saving, selectedGhost, knownAt } = desk.getState()
    const isNews = track.askedAt >= knownAt && revision !== track.labels_revision
    if (saving === 'saved' && isNews) adopt(desk, track.labels.map(toLabel), track)
    const { present } = desk.getState().history
    const proposed = track.suggestions.map(({ id, kind, start_beat, end_beat, confidence, runner_up }) => ({
      id,
      kind,
      startBeat: start_beat,
      endBeat: end_beat,
      confidence,
      runnerUp: runner_up,
    }))
    // The answer may be older than the last labels.
    const ghosts = proposed.filter((ghost) => !present.some((label) => spansOverlap(label, ghost)))
    desk.setState({ ghosts, selectedGhost: ghosts.some(({ id }) => id === selectedGhost) ? selectedGhost : null })
  }, [desk, track])

  return (
    <DeskContext value={tools}>
      <section ref={root} className={styles.desk} aria-label="Labelling desk">
        <DeskHeader track={track} />
        <DeskOverview peaks={peaks} />
        <DeskWaveform peaks={peaks} energyCurve={track.facts?.energy_curve ?? []} />
        <DeskToolbar />
        <PlainEditor />
        <SuggestionBar />
        <SelectionWhy />
        <RejectedList trackId={track.id} />
        <RecordingNotes flags={track.quality ?? []} />
        <HeardTags track={track} />
        <SimilarSections trackId={track.id} />
        <details className={styles.table}>
          <summary>Sections as a table</summary>
          <SectionTable />
        </details>
      </section>
    </DeskContext>
  )
}
