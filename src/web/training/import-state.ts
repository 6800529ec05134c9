import type { z } from 'zod'
import { create } from 'zustand'
import { ApiProblem, type Given } from '../../api/operations/client.ts'
import type { labelImport } from '../../api/operations/fields.ts'
import type { LabelFileText } from '../../core/interop/label-bytes.ts'
import { errorText } from '../../core/support/user-error.ts'
import { client } from '../kit/client.ts'

type Report = z.output<typeof labelImport>['files'][number]
type Request = NonNullable<Given<'importLabels'>[0]>['body']

/** What came of a file that was chosen. */
export type ImportedFile = {
  readonly file: LabelFileText
  readonly imported: number
  readonly titles: readonly string[]
  readonly reasons: readonly string[]
  /** Tracks in it that fit none of the library: a person may know better. */
  readonly unmatched: Report['unmatched']
}

type ImportState = {
  /** Null where no import is open. */
  readonly files: readonly ImportedFile[] | null
  /** Of how many files the server has not answered. */
  readonly waiting: number
  /** How far the server is with what it has been sent, 0 to 1. */
  readonly fraction: number
}

export const useImport = create<ImportState>(() => ({ files: null, waiting: 0, fraction: 0 }))
export const closeImport = (): void => useImport.setState({ files: null, waiting: 0, fraction: 0 })

/** The server takes 8 MB at once; JSON of text is somewhat longer than the text. */
const MOST_BATCH_BYTES = 4 << 20
const MOST_BATCH_FILES = 200

const batchesOf = (files: readonly LabelFileText[]): readonly (readonly LabelFileText[])[] => {
  const batches: LabelFileText[][] = []
  let room = 0
  for (const file of files) {
    const bytes = new Blob([file.text]).size
    const last = batches.at(-1)
    if (last === undefined || bytes > room || last.length === MOST_BATCH_FILES) {
      batches.push([file])
      room = MOST_BATCH_BYTES - bytes
    } else {
      last.push(file)
      room -= bytes
    }
  }
  return batches
}

const problemText = (error: unknown): string => {
  if (error instanceof TypeError) return 'The server does not answer. Nothing in this file was imported.'
  if (!(error instanceof ApiProblem)) return error instanceof Error ? error.message : String(error)
  const { title, detail, hint } = error.problem
  return `${title}. ${detail} ${hint}`
}

/** A reason that is about a track to choose stands beside the choice. */
const toImported = (file: LabelFileText, { imported, titles, reasons, unmatched }: Report): ImportedFile => ({
  file,
  imported,
  titles,
  reasons: reasons.filter((reason) => !unmatched.some((one) => one.reason === reason)),
  unmatched,
})

const failed = (file: LabelFileText, error: unknown): ImportedFile => ({
  file,
  imported: 0,
  titles: [],
  reasons: [problemText(error)],
  unmatched: [],
})

const LOOK_EVERY_MS = 200
const ENDED: readonly string[] = ['completed', 'failed', 'cancelled']

/** Imports in the background, and tells how far it is. @throws ApiProblem */
const runImport = async (body: Request): Promise<readonly Report[]> => {
  const begun = await client.importLabels({ query: { wait: 'false' }, body })
  if (!('job_id' in begun)) return begun.files
  for (;;) {
    const job = await client.job({ params: { job_id: begun.job_id } })
    useImport.setState({ fraction: job.progress.fraction })
    if (job.result !== null && 'imported' in job.result) return job.result.files
    if (ENDED.includes(job.status)) throw new Error(job.error ? errorText(job.error) : 'The import was cancelled.')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

const sendBatch = async (files: readonly LabelFileText[]): Promise<readonly ImportedFile[]> => {
  try {
    const reports = await runImport({ files: [...files] })
    return files.map((file, at) => toImported(file, reports[at]!))
  } catch (error) {
    return files.map((file) => failed(file, error))
  }
}

const openFiles = async (chosen: readonly File[]): Promise<{ texts: LabelFileText[]; broken: ImportedFile[] }> => {
  const { openLabelFile } = await import('../../core/interop/label-bytes.ts')
  const texts: LabelFileText[] = []
  const broken: ImportedFile[] = []
  for (const file of chosen)
    try {
      const opened = openLabelFile(file.name, new Uint8Array(await file.arrayBuffer()))
      // The folders of an archive say nothing of the library.
      texts.push(...opened.map(({ name, text }) => ({ name: name.replace(/^.*\//, ''), text })))
    } catch (error) {
      broken.push({
        file: { name: file.name, text: '' },
        imported: 0,
        titles: [],
        reasons: [error instanceof Error ? error.message : String(error)],
        unmatched: [],
      })
    }
  return { texts, broken }
}

/** Imports what was chosen, an archive file by file; the dialog fills as the server answers. */
export const importFiles = async (chosen: readonly File[]): Promise<void> => {
  useImport.setState({ files: [], waiting: chosen.length })
  const { texts, broken } = await openFiles(chosen)
  useImport.setState({ files: broken, waiting: texts.length })
  for (const batch of batchesOf(texts)) {
    const done = await sendBatch(batch)
    useImport.setState(({ files, waiting }) => ({
      files: files && [...files, ...done],
      waiting: waiting - done.length,
    }))
  }
}

/** Takes what a file says of one track into the track that a person means. */
export const importInto = async (
  row: ImportedFile,
  { name, trackId }: { readonly name: string; readonly trackId: number },
): Promise<void> => {
  const { file } = row
  const chosen = [{ file: file.name, name, track_id: trackId }]
  const [report] = await runImport({ files: [file], chosen, only_chosen: true })
  const now = toImported(file, report!)
  const merged: ImportedFile = {
    file,
    imported: row.imported + now.imported,
    titles: [...row.titles, ...now.titles],
    reasons: [...row.reasons, ...now.reasons],
    unmatched: row.unmatched.filter((one) => one.name !== name),
  }
  useImport.setState(({ files }) => ({ files: files?.map((one) => (one === row ? merged : one)) ?? null }))
}
