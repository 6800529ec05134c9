import { expect, test } from 'vitest'
import type { JobDocument } from './job-words.ts'
import {
  etaText,
  failuresOf,
  isNoticeWorthy,
  isRetryable,
  isTroubled,
  jobTitle,
  leftOutOf,
  outcomeText,
  overallFraction,
  stageText,
} from './job-words.ts'

const idle = { stage: null, done: 0, total: 0, item: null, fraction: 0, eta_seconds: null }
const makeJob = (partial: Partial<JobDocument>): JobDocument => ({
  id: 1,
  job_id: 'job_1',
  kind: 'analyse',
  status: 'completed',
  priority: 'normal',
  progress: idle,
  result: null,
  error: null,
  attempt: 1,
  created_at: '2026-01-01T00:00:00Z',
  started_at: null,
  completed_at: null,
  ...partial,
})
const error = { code: 'AUDIO_EMPTY', title: 'Empty file', detail: 'a.wav holds no bytes', hint: 'Copy it again.' }
const nothing = { analysed: 0, up_to_date: 0, unreachable: 0, failures: [] }

test('a job under way says what it does, of how many, and on which file', () => {
  const progress = { ...idle, stage: 'analysing', done: 3, total: 24, item: '/music/night engine.wav' }
  expect(stageText(makeJob({ status: 'running', progress }))).toBe('analysing 3 of 24: night engine.wav')
  expect(stageText(makeJob({ status: 'running', progress: { ...idle, stage: 'listing' } }))).toBe(
    'looking for audio files',
  )
  expect(stageText(makeJob({ status: 'pending' }))).toBe('waiting for the job before it')
})

test('what is left is told only once it is known', () => {
  expect(etaText(makeJob({}))).toBeNull()
  expect(etaText(makeJob({ progress: { ...idle, eta_seconds: 130 } }))).toBe('about 2 min left')
})

test('the outcome counts what was done and what failed, and leaves out what is none', () => {
  const result = { analysed: 22, up_to_date: 0, unreachable: 1, failures: [{ file: '/a.wav', track_id: 7, error }] }
  const done = makeJob({ result })
  expect(outcomeText(done)).toBe('22 analysed, 1 out of reach, 1 failed')
  expect(failuresOf(done)).toEqual([{ file: '/a.wav', track_id: 7, error }])
  expect(outcomeText(makeJob({ result: nothing }))).toBe('nothing to do')
  // What a library of another program holds is nothing that was written.
  const brought = { dry_run: false, cues: 14, loops: 2, libraries: [{ suggestions: 3 }], regridded: [] } as never
  expect(outcomeText(makeJob({ kind: 'bring-in', result: brought }))).toBe('3 sections suggested')
  const trained = { version: 3, accuracy: 0.875, f1_score: 0.8, labels_without_audio: 0 }
  expect(outcomeText(makeJob({ kind: 'train', result: trained }))).toBe('version v3, accuracy 87.5 %')
  const read = { version: 2, classified: 5, up_to_date: 0, not_analysed: 0, failures: [] }
  expect(outcomeText(makeJob({ kind: 'classify', result: read }))).toBe('5 read with v2')
  expect(outcomeText(makeJob({ kind: 'classify', result: { ...read, version: 0 } }))).toBe(
    '5 read with the shipped model',
  )
  const known = { ...nothing, left_alone: 2, tracks_forgotten: 3, roots: [] }
  expect(outcomeText(makeJob({ kind: 'scan', result: known }))).toBe(
    '2 still cannot be analysed, 3 gone with their files',
  )
  expect(outcomeText(makeJob({ kind: 'classify', result: { ...read, unreadable: 1 } }))).toBe(
    '5 read with v2, 1 cannot be read',
  )
  const exported = {
    format: 'rekordbox-xml' as const,
    dry_run: false,
    tracks: 3,
    cues: 21,
    loops: 0,
    playlists: 0,
    left_out: 0,
    skipped: [{ track_id: 4, title: 'Winter', reason: 'no sections' as const, detail: null }],
    files: ['/cues.xml'],
    backups: [],
    manifest: '/cues.xml.manifest.json',
    changes: null,
    steps: [],
    traps: [],
  }
  expect(outcomeText(makeJob({ kind: 'export', result: exported }))).toBe('21 cues written, 1 left out')
  expect(outcomeText(makeJob({ status: 'failed', error }))).toBe('Empty file')
})

test('retry is offered where something failed or was cancelled', () => {
  expect(isRetryable(makeJob({ result: nothing }))).toBe(false)
  expect(isRetryable(makeJob({ result: { ...nothing, failures: [{ file: '/a.wav', error }] } }))).toBe(true)
  expect(isRetryable(makeJob({ status: 'cancelled' }))).toBe(true)
  expect(isRetryable(makeJob({ status: 'running' }))).toBe(false)
})

test('progress of all is the mean of those under way', () => {
  expect(overallFraction([makeJob({})])).toBeNull()
  const running = (fraction: number) => makeJob({ status: 'running', progress: { ...idle, fraction } })
  expect(overallFraction([running(0.5), running(0), makeJob({})])).toBe(0.25)
  expect(jobTitle({ kind: 'scan' })).toBe('Reading your folders')
})

test('what a scan passed over is counted over all folders, by reason, and is no failure', () => {
  const root = { offline: false, files_found: 1, tracks_added: 1, files_read: 1, files_unchanged: 0, files_missing: 0 }
  const roots = [
    { ...root, root: '/a', left_out: [{ reason: 'hidden' as const, count: 1, files: ['.a.wav'] }] },
    {
      ...root,
      root: '/b',
      left_out: [
        { reason: 'needs_ffmpeg' as const, count: 120, files: ['x.caf'] },
        { reason: 'hidden' as const, count: 2, files: ['.b.wav', '.c.wav'] },
      ],
    },
    // As an earlier version kept it.
    { ...root, root: '/c', files_missing: 2 },
  ]
  const result = { ...nothing, analysed: 1, roots }
  const job = makeJob({ kind: 'scan', result })
  expect(leftOutOf(job)).toEqual([
    { reason: 'hidden', count: 3, files: ['.a.wav', '.b.wav', '.c.wav'] },
    { reason: 'needs_ffmpeg', count: 120, files: ['x.caf'] },
  ])
  expect(outcomeText(job)).toBe('1 analysed, 2 missing, 123 passed over')
  expect(isRetryable(job)).toBe(false)
})

test('a notice tells the end of what was asked for, and troubles; what follows by itself stays quiet', () => {
  const failing = makeJob({ result: { ...nothing, failures: [{ file: '/a.wav', error }] } })
  expect(isNoticeWorthy(makeJob({ result: nothing }), { isAsked: false })).toBe(false)
  expect(isNoticeWorthy(makeJob({ result: nothing }), { isAsked: true })).toBe(true)
  expect(isNoticeWorthy(makeJob({ kind: 'train' }), { isAsked: false })).toBe(true)
  expect(isNoticeWorthy(failing, { isAsked: false })).toBe(true)
  expect(isNoticeWorthy(makeJob({ status: 'failed' }), { isAsked: false })).toBe(true)
})

test('a file that no other try would read asks for nothing after it was told', () => {
  const failedBy = (code: string) =>
    makeJob({ result: { ...nothing, failures: [{ file: '/a.wav', error: { ...error, code } }] } })
  expect(isTroubled(failedBy('AUDIO_EMPTY'))).toBe(false)
  expect(isTroubled(failedBy('FILE_UNREADABLE'))).toBe(true)
  expect(isTroubled(failedBy('DECODER_MISSING'))).toBe(true)
  expect(isTroubled(makeJob({ status: 'failed', error }))).toBe(true)
  expect(isTroubled(makeJob({ result: nothing }))).toBe(false)
})
