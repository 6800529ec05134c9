import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ENVIRONMENT, freePort, isInstalled } from './postgres.fixture.ts'

export type Storage = {
  readonly endpoint: string
  readonly makeBucket: (name: string) => Promise<void>
  readonly put: (bucket: string, key: string, bytes: Uint8Array) => Promise<void>
  readonly stop: () => Promise<void>
}

const listening = async (child: ChildProcess): Promise<void> => {
  let said = ''
  child.stderr!.setEncoding('utf8')
  while (!said.includes('Running on')) {
    const [chunk] = (await Promise.race([once(child.stderr!, 'data'), once(child, 'exit')])) as [string | number]
    if (typeof chunk !== 'string') throw new Error(`The object storage ended with ${chunk}: ${said}`)
    said += chunk
  }
  child.stderr!.resume()
}

/** Starts a local object storage, and names it where the product looks for one. @returns null where it is not installed */
export const startStorage = async (): Promise<Storage | null> => {
  const program = join(ENVIRONMENT, 'bin', 'moto_server')
  if (!isInstalled() || !existsSync(program)) return null
  const port = freePort()
  const child = spawn(program, ['--host', '127.0.0.1', '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] })
  await listening(child)
  const endpoint = `http://127.0.0.1:${port}`
  const before = { ...process.env }
  const named = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  }
  Object.assign(process.env, named)
  const client = new S3Client({ endpoint, forcePathStyle: true, region: 'us-east-1' })
  return {
    endpoint,
    makeBucket: async (name) => void (await client.send(new CreateBucketCommand({ Bucket: name }))),
    put: async (bucket, key, bytes) =>
      void (await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }))),
    stop: async () => {
      for (const name of Object.keys(named)) {
        const was = before[name]
        if (was === undefined) delete process.env[name]
        else process.env[name] = was
      }
      client.destroy()
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
