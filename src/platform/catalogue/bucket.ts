import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'

const SCHEME = 's3://'

export const isBucket = (url: string): boolean => url.startsWith(SCHEME)

export type ListedObject = { readonly key: string; readonly sizeBytes: number; readonly stamp: string }

/** Objects of an S3-compatible storage below a prefix. Keys are relative to it. */
export type Bucket = {
  /** A page at a time. */
  readonly list: () => AsyncIterable<readonly ListedObject[]>
  /** @returns null where there is none */
  readonly get: (key: string) => Promise<Uint8Array | null>
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>
  readonly has: (key: string) => Promise<boolean>
  /** @param stamp what must still be there @throws AUDIO_CHANGED, AUDIO_NOT_FOUND */
  readonly look: (key: string, stamp: string) => Promise<{ readonly sizeBytes: number; readonly modifiedMs: number }>
  /** A part of it, both ends included. @throws as `look` */
  readonly read: (
    key: string,
    stamp: string,
    part: { readonly first: number; readonly last: number },
  ) => Promise<Readable>
  /** @throws as `look` */
  readonly download: (key: string, stamp: string, path: string) => Promise<void>
}

const statusOf = (error: unknown): number | undefined =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode

/** That there is no such bucket is another matter. */
const isNotFound = (error: unknown): boolean => statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket'
const isChanged = (error: unknown): boolean => statusOf(error) === 412

const clients = new Map<string, Promise<S3Client>>()

/** A storage that says nothing for so long, before an answer or amid one, counts as away. */
const SILENT_MS = 30_000
const CONNECT_WITHIN_MS = 5000

/** Addresses of buckets as hosts are a thing of Amazon's own; other storages are named by an address of their own. */
const clientOf = (endpoint: string, silentMs: number): Promise<S3Client> => {
  const name = `${silentMs} ${endpoint}`
  const known = clients.get(name)
  if (known) return known
  const made = import('@aws-sdk/client-s3').then(
    ({ S3Client }) =>
      new S3Client({
        region: process.env.AWS_REGION ?? 'us-east-1',
        requestHandler: {
          connectionTimeout: CONNECT_WITHIN_MS,
          requestTimeout: silentMs,
          throwOnRequestTimeout: true,
          socketTimeout: silentMs,
        },
        ...(endpoint === '' ? {} : { endpoint, forcePathStyle: true }),
      }),
  )
  clients.set(name, made)
  return made
}

/** One way to write each prefix, so that no object is there under two. @throws ROOT_NOT_FOUND where no bucket is named */
export const bucketUrl = (url: string): string => {
  const parts = url
    .slice(SCHEME.length)
    .split('/')
    .filter((part) => part !== '')
  if (parts.length === 0 || url.startsWith(`${SCHEME}/`))
    throw new UserError('ROOT_NOT_FOUND', `${url} names no bucket: write it as ${SCHEME}bucket/prefix.`)
  return SCHEME + parts.join('/')
}

/** Names with characters that an answer cannot hold come as in an address, from storages that know of this. */
const decoded = (key: string, encoding: string | undefined): string =>
  encoding === 'url' ? decodeURIComponent(key.replaceAll('+', ' ')) : key

/** It lies where nobody can read it before it is brought back. */
const isArchived = (error: unknown): boolean => (error as Error).name === 'InvalidObjectState'

/** @param url `s3://bucket/prefix`; keys and the address of the storage come from the environment, as Amazon's own programs take them */
export const openBucket = async (
  url: string,
  { silentMs = SILENT_MS }: { readonly silentMs?: number } = {},
): Promise<Bucket> => {
  const [name = '', ...rest] = bucketUrl(url).slice(SCHEME.length).split('/')
  const prefix = rest.map((part) => `${part}/`).join('')
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL ?? ''
  const { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } = await import(
    '@aws-sdk/client-s3'
  )
  const client = await clientOf(endpoint, silentMs)
  const at = (key: string): { readonly Bucket: string; readonly Key: string } => ({ Bucket: name, Key: prefix + key })
  const asking = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await ask()
    } catch (error) {
      // What this machine refuses to write says nothing of the storage.
      const own = storageError(error)
      if (own instanceof UserError || isNotFound(error) || isChanged(error) || isArchived(error)) throw own
      throw new UserError('STORAGE_UNREACHABLE', `${SCHEME}${name}: ${(error as Error).message}`, {}, error)
    }
  }
  const orNull = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | null> => {
    try {
      return await asking(ask)
    } catch (error) {
      if (isNotFound(error)) return null
      throw error
    }
  }
  const ofStamp = async <Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await asking(ask)
    } catch (error) {
      if (isChanged(error)) throw changed(key)
      if (isNotFound(error)) throw new UserError('AUDIO_NOT_FOUND', `${url}/${key} is not there any more.`)
      if (isArchived(error))
        throw new UserError('AUDIO_UNREADABLE', `${url}/${key} is archived: bring it back, then try again.`)
      throw error
    }
  }
  const changed = (key: string): UserError =>
    new UserError('AUDIO_CHANGED', `${url}/${key} is not the file that was listed any more.`)
  /** Not every storage heeds the condition. */
  const requireStamp = (key: string, stamp: string, found: string | undefined): void => {
    if (found !== undefined && found !== stamp) throw changed(key)
  }
  async function* list(): AsyncGenerator<readonly ListedObject[], void> {
    let token: string | undefined
    do {
      const command = new ListObjectsV2Command({
        Bucket: name,
        Prefix: prefix,
        EncodingType: 'url',
        ContinuationToken: token,
      })
      const page = await asking(() => client.send(command))
      yield (page.Contents ?? []).map(({ Key = '', Size = 0, ETag = '' }) => ({
        key: decoded(Key, page.EncodingType).slice(prefix.length),
        sizeBytes: Size,
        stamp: ETag,
      }))
      token = page.NextContinuationToken
    } while (token !== undefined)
  }
  return {
    list,
    get: (key) =>
      orNull(async () => {
        const { Body } = await client.send(new GetObjectCommand(at(key)))
        return Body!.transformToByteArray()
      }),
    put: async (key, bytes) => {
      await asking(() => client.send(new PutObjectCommand({ ...at(key), Body: bytes })))
    },
    has: async (key) => (await orNull(() => client.send(new HeadObjectCommand(at(key))))) !== null,
    look: (key, stamp) =>
      ofStamp(key, async () => {
        const { ContentLength, ETag, LastModified } = await client.send(
          new HeadObjectCommand({ ...at(key), IfMatch: stamp }),
        )
        requireStamp(key, stamp, ETag)
        return { sizeBytes: ContentLength ?? 0, modifiedMs: LastModified?.getTime() ?? 0 }
      }),
    read: (key, stamp, { first, last }) =>
      ofStamp(key, async () => {
        const asked = { ...at(key), IfMatch: stamp, Range: `bytes=${first}-${last}` }
        const { Body, ETag } = await client.send(new GetObjectCommand(asked))
        requireStamp(key, stamp, ETag)
        return Body as Readable
      }),
    download: (key, stamp, path) =>
      ofStamp(key, async () => {
        const { Body, ETag } = await client.send(new GetObjectCommand({ ...at(key), IfMatch: stamp }))
        requireStamp(key, stamp, ETag)
        await pipeline(Body as Readable, createWriteStream(path, { mode: 0o600 }))
      }),
  }
}
