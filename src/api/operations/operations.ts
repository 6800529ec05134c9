import { audioOperations } from './audio.ts'
import { backupOperations } from './backups.ts'
import { comparisonOperations } from './comparisons.ts'
import { eventOperations } from './events.ts'
import { exchangeOperations } from './exchange.ts'
import { graphOperations } from './graph.ts'
import { gridOperations } from './grids.ts'
import { heardTagOperations } from './heard-tags.ts'
import { jobOperations } from './jobs.ts'
import { keptSetOperations } from './kept-sets.ts'
import { labelFileOperations } from './label-files.ts'
import { labelOperations } from './labels.ts'
import { lensOperations } from './lenses.ts'
import { libraryOperations } from './library.ts'
import { mixOperations } from './mixes.ts'
import { modelOperations } from './models.ts'
import { noteOperations } from './notes.ts'
import { overviewOperations } from './overview.ts'
import { playlistOperations } from './playlists.ts'
import { programExportOperations } from './program-exports.ts'
import { scopeOperations } from './scopes.ts'
import { sectionOperations } from './sections.ts'
import { sessionOperations } from './session.ts'
import { setOperations } from './sets.ts'
import { soundOperations } from './sounds.ts'
import { suggestionOperations } from './suggestions.ts'
import { systemOperations } from './system.ts'
import { tagReadingOperations } from './tag-readings.ts'
import { teachingOperations } from './teaching.ts'
import { trackFileOperations } from './track-files.ts'
import { trackOperations } from './tracks.ts'
import { trainingOperations } from './training.ts'

/** Everything a client can ask for, by name. */
export const operations = {
  ...systemOperations,
  ...sessionOperations,
  ...backupOperations,
  ...libraryOperations,
  ...jobOperations,
  ...trackOperations,
  ...tagReadingOperations,
  ...trackFileOperations,
  ...noteOperations,
  ...gridOperations,
  ...heardTagOperations,
  ...audioOperations,
  ...sectionOperations,
  ...soundOperations,
  ...setOperations,
  ...graphOperations,
  ...playlistOperations,
  ...overviewOperations,
  ...keptSetOperations,
  ...mixOperations,
  ...labelOperations,
  ...labelFileOperations,
  ...lensOperations,
  ...exchangeOperations,
  ...programExportOperations,
  ...suggestionOperations,
  ...teachingOperations,
  ...trainingOperations,
  ...modelOperations,
  ...scopeOperations,
  ...comparisonOperations,
  ...eventOperations,
}
