import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useMemo } from 'react'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { holdFocus } from '../kit/hold-focus.ts'
import { useListedPool } from '../library/use-listed-pool.ts'
import { queryOf } from '../queries/query-of.ts'
import { ChosenPanel } from './chosen-panel.tsx'
import { findingsOf, idsOfFinding } from './findings.ts'
import { FindingsPanel } from './findings-panel.tsx'
import { GraphCanvas } from './graph-canvas.tsx'
import { coloursOf } from './graph-colours.ts'
import { GraphControls } from './graph-controls.tsx'
import { GraphLegend } from './graph-legend.tsx'
import { graphModel } from './graph-model.ts'
import { GraphProgress } from './graph-progress.tsx'
import styles from './graph-screen.module.css'
import { canDraw } from './graph-stage.ts'
import { useGraph, walkOn } from './graph-state.ts'
import { GraphTable } from './graph-table.tsx'
import { keptIn } from './graph-walk.ts'
import { PathPanel } from './path-panel.tsx'
import { useShownPlaylist } from './use-shown-playlist.ts'

/** The library as a picture of what leads into what. */
export const GraphScreen = (): ReactElement => {
  const { by, colouring, isFiltered, view } = useGraph((state) => state.look)
  const group = useGraph((state) => state.group)
  const { pool } = useListedPool()
  const playlist = useShownPlaylist()
  const query = { by, ...(isFiltered ? { pool } : {}) } as const
  // The tracks come at once, and what leads into what follows: asked for together, the server would prepare both at the same time.
  const bare = useQuery({
    ...queryOf('graph', { query: { ...query, transitions: 'false' } }),
    placeholderData: keepPreviousData,
  })
  const isBareThere = !(bare.isPending || bare.isPlaceholderData)
  const whole = useQuery({ ...queryOf('graph', { query }), placeholderData: keepPreviousData, enabled: isBareThere })
  const answer = whole.data && !whole.isPlaceholderData ? whole.data : (bare.data ?? whole.data)
  const model = useMemo(() => (answer ? graphModel(answer) : null), [answer])
  const colours = useMemo(() => model && coloursOf(model.tracks, colouring, playlist), [model, colouring, playlist])
  const findings = useMemo(() => (model ? findingsOf(model) : []), [model])
  const standing = useMemo(() => idsOfFinding(findings, group), [findings, group])
  const isDrawn = useMemo(canDraw, [])
  useEffect(() => {
    if (model !== null) walkOn((walk) => keptIn(walk, model))
  }, [model])
  const problem = bare.error ?? whole.error
  const isTable = view === 'table' || !isDrawn
  return (
    <div ref={holdFocus} className={styles.screen}>
      <h1 className="sr-only">Graph</h1>
      <GraphControls isDrawable={isDrawn} />
      {problem !== null && <ProblemNote error={problem} />}
      <div className={styles.content}>
        <div className={isTable ? styles.table : styles.picture}>
          {!isDrawn && (
            <p className={styles.note}>
              This browser cannot draw the graph (it has no WebGL 2), so here it is as a table.
            </p>
          )}
          {model === null || colours === null ? (
            problem === null && <p className="quiet">Loading…</p>
          ) : model.tracks.length === 0 ? (
            <p className="quiet">No tracks to show. Tracks appear here once they are analysed.</p>
          ) : isTable ? (
            <GraphTable model={model} standing={standing} />
          ) : (
            <GraphCanvas model={model} colours={colours} group={standing} />
          )}
        </div>
        {model !== null && model.tracks.length > 0 && (
          <div className={styles.side}>
            <GraphProgress tracks={model.tracks.length} isFirst={!model.isConnected} isComputing={whole.isFetching} />
            <ChosenPanel model={model} />
            <PathPanel model={model} />
            <FindingsPanel model={model} findings={findings} />
            {!isTable && colours !== null && <GraphLegend colours={colours} />}
          </div>
        )}
      </div>
    </div>
  )
}
