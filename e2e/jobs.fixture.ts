import { writeFileSync } from 'node:fs'
import { type TestServer, until } from '../src/api/server.fixture.ts'

export type JobDocument = {
  readonly job_id: string
  readonly kind: string
  readonly status: string
  readonly result: { readonly analysed: number; readonly up_to_date: number; readonly failures: readonly object[] }
}

export const latestJob = async ({ json }: TestServer): Promise<JobDocument> =>
  (await json<JobDocument[]>('GET', '/api/jobs')).body[0]!

/** The latest job, once it has ended. @param after a job that is not meant */
export const endOfJob = (server: TestServer, after?: JobDocument): Promise<JobDocument> =>
  until(async () => {
    const job = await latestJob(server)
    const isOver = ['completed', 'failed', 'cancelled'].includes(job.status)
    return isOver && job.job_id !== after?.job_id ? job : null
  })

const SAMPLE_RATE_HZ = 22050
const HEADER_BYTES = 44

/** A fifth of a second of silence: a file that can be identified, but there is nothing to analyse in it. */
export const writeTooShort = (path: string): void => {
  const bytes = 2 * Math.round(SAMPLE_RATE_HZ / 5)
  const file = Buffer.alloc(HEADER_BYTES + bytes)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24)
  file.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(bytes, 40)
  writeFileSync(path, file)
}
