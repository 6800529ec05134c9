import { mkdir } from 'node:fs/promises'
import { type AnalysisReport, analyseTracks } from '../engine/analysis/analyse-tracks.ts'
import { scanRoot } from '../engine/collection/scan-root.ts'
import { importLabels } from '../engine/exchange/import-labels.ts'
import { readLabelFiles } from '../engine/exchange/read-label-files.ts'
import type { JobOptions, Workspace } from '../engine/kit/workspace.ts'
import type { Root } from '../platform/store/root-store.ts'
import { writeDemoLibrary } from './demo-library.ts'
import { demoFolder } from './demo-root.ts'
import { splitDemo } from './held-back.ts'

export type DemoPayload = {
  /** Whether two thirds of the tracks come with their known sections as labels, enough to train on. */
  readonly labelled: boolean
}
export type DemoReport = AnalysisReport & { readonly labels: number }

/** The smallest library that has ten sections of every kind; see `npm run demo`. */
const DEMO_TRACKS = 24

const tracksIn = ({ store }: Workspace, root: Root): readonly number[] =>
  store.tracks.list().flatMap(({ id, locations }) => (locations.some(({ rootId }) => rootId === root.id) ? [id] : []))

/** Generates tracks with known sections in the data directory, and adds them like any folder of music. */
export const makeDemo = async (
  workspace: Workspace,
  { labelled }: DemoPayload,
  options: JobOptions = {},
): Promise<DemoReport> => {
  const { signal, onProgress } = options
  const folder = demoFolder(workspace)
  await mkdir(folder, { recursive: true })
  // The folder is added at the start, so that a demo that was cancelled can be taken away too.
  const root = workspace.store.roots.add(folder)
  workspace.emit({ type: 'roots' })
  const tracks = await writeDemoLibrary(folder, {
    count: DEMO_TRACKS,
    threads: 1,
    ...(signal ? { signal } : {}),
    onProgress: (fraction) =>
      onProgress?.({ stage: 'generating', done: Math.round(fraction * DEMO_TRACKS), total: DEMO_TRACKS, item: null }),
  })
  await scanRoot(workspace, root, options)
  const ids = tracksIn(workspace, root)
  const report = await analyseTracks(workspace, { ...options, only: new Set(ids) })
  const truths = labelled ? splitDemo(tracks).labelled.map(({ truthPath }) => truthPath) : []
  const { files } = await readLabelFiles(truths)
  const { imported } = await importLabels(workspace, { files })
  return { ...report, labels: imported }
}
