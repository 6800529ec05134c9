import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { ProgramExportOptions } from './program-export.ts'

type ExportGround = {
  /** What is written goes in here. */
  readonly folder: string
  readonly store: Store
  readonly workspace: Workspace
  readonly remove: () => void
}

/** An empty library, exported without a network or a thread. */
export const exportGround = (): ExportGround => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-export-'))
  const store = openStore(join(folder, 'data'))
  store.settings.set('base_model', false)
  return {
    folder,
    store,
    workspace: { store, pool: inlineRunner, emit: () => {} } as unknown as Workspace,
    remove: () => {
      store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Cues of all tracks with their grids, into a new file. */
export const CUES_AND_GRIDS: Omit<ProgramExportOptions, 'format' | 'output'> = {
  plan: DEFAULT_CUE_PLAN,
  grid: true,
  key: true,
  playlists: false,
  trackIds: null,
  relative: false,
  into: null,
  mode: 'extend',
  inPlace: false,
  dryRun: false,
}
