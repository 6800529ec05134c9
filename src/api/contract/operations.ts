import { z } from 'zod'
import {
  analysisRequest,
  classificationRequest,
  demoRequest,
  job,
  jobQuery,
  limitQuery,
  scanRequest,
  started,
  trainingDetails,
  trainingJob,
  trainingRequest,
} from './jobs.ts'
import {
  acceptance,
  addedLabel,
  changedLabel,
  decided,
  done,
  label,
  labelFiles,
  labelImport,
  labelQuality,
  labelQuery,
  labelStats,
  newLabel,
  overlapQuery,
  paintedLabels,
  rejection,
  replacedLabels,
  statsQuery,
  suggestion,
  suggestionQuery,
  updatedLabel,
} from './labels.ts'
import {
  activated,
  comparison,
  comparisonQuery,
  libraryComparison,
  libraryComparisonQuery,
  model,
  modelDetails,
  modelQuery,
} from './models.ts'
import {
  changedMlSettings,
  changedSettings,
  examination,
  health,
  mlSettings,
  ready,
  settings,
  storage,
} from './system.ts'
import {
  evidence,
  evidenceQuery,
  folderListing,
  folderQuery,
  gridEdit,
  gridVersion,
  newRoot,
  repeatQuery,
  repeats,
  root,
  similarQuery,
  similarTracks,
  trackDetails,
  trackPage,
  trackQuery,
  trackSections,
  versionQuery,
} from './tracks.ts'

/** What an operation has none of is `undefined`. */
const operation =
  <const Method extends string>(method: Method) =>
  <
    const Path extends string,
    Response extends z.ZodType,
    Query extends z.ZodType = z.ZodUndefined,
    Body extends z.ZodType = z.ZodUndefined,
  >(
    path: Path,
    parts: { readonly query?: Query; readonly body?: Body; readonly response: Response },
  ) =>
    ({ method, path, ...parts }) as {
      readonly method: Method
      readonly path: Path
      readonly query: Query
      readonly body: Body
      readonly response: Response
    }

const [get, post, put, patch, remove] = [
  operation('GET'),
  operation('POST'),
  operation('PUT'),
  operation('PATCH'),
  operation('DELETE'),
] as const

/** Everything a client can ask that is answered in JSON; `:name` stands for a part of the address. A test compares it with the routes. */
export const operations = {
  ready: get('/api/ready', { response: ready }),
  health: get('/api/health', { response: health }),
  doctor: get('/api/doctor', { response: examination }),
  settings: get('/api/settings', { response: settings }),
  changeSettings: patch('/api/settings', { body: changedSettings, response: settings }),
  mlSettings: get('/api/ml/settings', { response: mlSettings }),
  changeMlSettings: put('/api/ml/settings', { body: changedMlSettings, response: mlSettings }),
  storage: get('/api/storage', { response: storage }),
  clearCache: remove('/api/storage/cache', { response: storage }),
  listRoots: get('/api/roots', { response: z.array(root) }),
  addRoot: post('/api/roots', { body: newRoot, response: root }),
  removeRoot: remove('/api/roots/:id', { response: done }),
  listFolders: get('/api/folders', { query: folderQuery, response: folderListing }),
  makeDemo: post('/api/demo', { body: demoRequest, response: started }),
  removeDemo: remove('/api/demo', { response: done }),
  scan: post('/api/scan', { body: scanRequest, response: started }),
  analyse: post('/api/analyze', { body: analysisRequest, response: started }),
  classify: post('/api/classify', { body: classificationRequest, response: started }),
  listJobs: get('/api/jobs', { query: jobQuery, response: z.array(job) }),
  job: get('/api/jobs/:job_id', { response: job }),
  cancelJob: post('/api/jobs/:job_id/cancel', { response: job }),
  retryJob: post('/api/jobs/:job_id/retry', { response: job }),
  listTracks: get('/api/tracks', { query: trackQuery, response: trackPage }),
  track: get('/api/tracks/:id', { response: trackDetails }),
  trackSections: get('/api/tracks/:id/sections', { query: versionQuery, response: trackSections }),
  similarTracks: get('/api/tracks/:id/similar', { query: similarQuery, response: similarTracks }),
  repeats: get('/api/tracks/:id/repeats', { query: repeatQuery, response: repeats }),
  evidence: get('/api/tracks/:id/evidence', { query: evidenceQuery, response: evidence }),
  editGrid: post('/api/tracks/:id/grid', { body: gridEdit, response: gridVersion }),
  listLabels: get('/api/training/labels', { query: labelQuery, response: z.array(label) }),
  addLabel: post('/api/training/labels', { query: overlapQuery, body: newLabel, response: addedLabel }),
  changeLabel: patch('/api/training/labels/:id', { query: overlapQuery, body: changedLabel, response: updatedLabel }),
  deleteLabel: remove('/api/training/labels/:id', { response: done }),
  replaceLabels: put('/api/tracks/:id/labels', { body: paintedLabels, response: replacedLabels }),
  importLabels: post('/api/training/labels/import', { body: labelFiles, response: labelImport }),
  labelStats: get('/api/training/labels/stats', { query: statsQuery, response: labelStats }),
  labelQuality: get('/api/training/labels/quality', { response: labelQuality }),
  listSuggestions: get('/api/suggestions', { query: suggestionQuery, response: z.array(suggestion) }),
  acceptSuggestion: post('/api/tracks/:id/suggestions/:suggestion/accept', { body: acceptance, response: decided }),
  rejectSuggestion: post('/api/tracks/:id/suggestions/:suggestion/reject', { response: done }),
  listRejections: get('/api/tracks/:id/rejections', { response: z.array(rejection) }),
  restoreSuggestion: remove('/api/tracks/:id/rejections/:rejection', { response: done }),
  train: post('/api/training/start', { body: trainingRequest, response: started }),
  listTrainings: get('/api/training/jobs', { query: limitQuery, response: z.array(trainingJob) }),
  training: get('/api/training/jobs/:job_id', { response: trainingDetails }),
  cancelTraining: post('/api/training/jobs/:job_id/cancel', { response: trainingJob }),
  listModels: get('/api/training/models', { query: modelQuery, response: z.array(model) }),
  model: get('/api/training/models/:version', { response: modelDetails }),
  activateModel: post('/api/training/models/:version/activate', { response: activated }),
  deleteModel: remove('/api/training/models/:version', { response: done }),
  compareModels: get('/api/compare', { query: comparisonQuery, response: comparison }),
  compareLibrary: get('/api/compare/library', { query: libraryComparisonQuery, response: libraryComparison }),
} as const
