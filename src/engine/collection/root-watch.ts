import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type FoundFile, planScan } from '../../core/library/scan-plan.ts'
import { UserError } from '../../core/support/user-error.ts'
import { realFolders } from '../../platform/decoding/library-place.ts'
import type { Root } from '../../platform/store/root-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { type Following, followingOf } from '../../platform/watching/following-of.ts'
import { type FolderWatch, watchFolder } from '../../platform/watching/watch-folder.ts'
import { changedFolders } from './changed-folders.ts'
import { type CrawlResult, crawl, liesIn } from './crawl.ts'
import { keepUnreadable } from './scan-root.ts'
import { wantedFiles } from './wanted-files.ts'

export type WatchEffects = {
  readonly watch: typeof watchFolder
  readonly followingOf: (path: string) => Promise<Following>
  /** After the last change so much time passes before anyone looks. */
  readonly quietMs: number
  /** A file that is the same at two looks so far apart is no longer being copied. */
  readonly settleMs: number
  /** However much goes on changing, what has settled is read by then. */
  readonly mostWaitMs: number
  /** Settings and roots are asked for so often; both are a row or two. */
  readonly alignEveryMs: number
  /** Of the interval at which somebody looks where nobody is told. */
  readonly msPerSecond: number
}

export const diskWatching: WatchEffects = {
  watch: watchFolder,
  followingOf: (path) => followingOf(path),
  quietMs: 1000,
  settleMs: 2000,
  mostWaitMs: 60_000,
  alignEveryMs: 2000,
  msPerSecond: 1000,
}

export type RootWatchOptions = {
  readonly store: Store
  readonly effects: WatchEffects
  readonly intervalMs: number
  /** Files that earlier scans could not read, absolute: at the first look they are no news. */
  readonly failed: ReadonlySet<string>
  /** Has folders of the root scanned. */
  readonly scan: (folders: readonly string[]) => void
}

const keyOf = ({ path, sizeBytes, modifiedMs }: FoundFile): string => `${path}\n${sizeBytes}\n${modifiedMs}`

/** Notices what changes in one root, waits until it has settled, and has just that scanned. */
export class RootWatch {
  readonly root: Root
  readonly intervalMs: number
  readonly #options: RootWatchOptions
  readonly #changed = new Set<string>()
  /** Files that a scan was asked to read: one that it cannot read is no news at the next look. */
  readonly #handed = new Set<string>()
  #subscription: FolderWatch | null = null
  #interval: NodeJS.Timeout | undefined
  #timer: NodeJS.Timeout | undefined
  #lastLook: string | null = null
  #firstChangeAt = 0
  /** What lay in the folder of a root that is away: nothing, or what is under the place where a drive belongs. */
  #awayWith: string | null = null
  #isFirstLook = true
  readonly #closing = new AbortController()
  #looking: Promise<void> = Promise.resolve()

  constructor(root: Root, options: RootWatchOptions) {
    this.root = root
    this.intervalMs = options.intervalMs
    this.#options = options
  }

  /** Whether the system tells of changes; otherwise somebody looks from time to time. */
  get isTold(): boolean {
    return this.#subscription !== null && this.#interval === undefined
  }

  /** Begins, and looks for what changed while nobody watched, where the root was ever scanned. */
  async open(): Promise<void> {
    const { effects, intervalMs } = this.#options
    const following = await effects.followingOf(this.root.path)
    if (following !== 'interval') await this.#subscribe()
    if (this.#closing.signal.aborted) return this.#letGo()
    if (following !== 'watch' || this.#subscription === null)
      this.#interval = setInterval(() => this.#note(['']), intervalMs).unref()
    if (this.root.scannedAt !== null) this.#note([''])
  }

  /** A drive that comes back is seen soon, however its folder is followed. */
  async lookForReturn(): Promise<void> {
    if (this.#awayWith === null || (await this.#contents()) === this.#awayWith) return
    this.#awayWith = null
    if (this.#subscription !== null) {
      await this.#letGo()
      await this.#subscribe()
    }
    this.#note([''])
  }

  async #contents(): Promise<string> {
    return (await readdir(this.root.path).catch(() => [])).join('\n')
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    clearInterval(this.#interval)
    await this.#looking
    await this.#letGo()
  }

  async #letGo(): Promise<void> {
    const subscription = this.#subscription
    this.#subscription = null
    await subscription?.close()
  }

  async #subscribe(): Promise<void> {
    const places = [this.root.path, await realpath(this.root.path).catch(() => this.root.path)]
    try {
      this.#subscription = await this.#options.effects.watch(this.root.path, {
        onChange: (paths) => this.#note(changedFolders(places, paths)),
        onError: () => this.#note(['']),
      })
    } catch {
      // Which limit or file system it is does not matter: the folder is checked from time to time.
      this.#subscription = null
    }
  }

  #note(folders: readonly string[]): void {
    if (this.#closing.signal.aborted || folders.length === 0) return
    if (this.#changed.size === 0) this.#firstChangeAt = performance.now()
    for (const folder of folders) this.#changed.add(folder)
    this.#lookIn(this.#options.effects.quietMs)
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking
        .then(() => this.#look())
        .catch((error: unknown) => {
          // A full disk stops no watch; a bug does.
          if (!(error instanceof UserError) && !this.#closing.signal.aborted) throw error
        })
    }, ms).unref()
  }

  async #look(): Promise<void> {
    const { store, effects } = this.#options
    const within = [...this.#changed]
    const listing = await this.#list(within)
    if (this.#closing.signal.aborted || store.roots.get(this.root.id) === null) return
    const key = listing === null ? 'away' : listing.files.map(keyOf).join('\n')
    const isSettled = key === this.#lastLook || performance.now() - this.#firstChangeAt > effects.mostWaitMs
    this.#lastLook = key
    if (!isSettled) return this.#lookIn(effects.settleMs)
    this.#lastLook = null
    // What changed while this look was under way is looked at next.
    for (const folder of within) this.#changed.delete(folder)
    this.#awayWith = listing === null ? await this.#contents() : null
    if (listing === null) {
      if (store.roots.get(this.root.id)?.offlineSince === null) this.#options.scan([''])
    } else if (this.#isNews(listing)) this.#options.scan(listing.looked)
  }

  /** Null where the root is away. */
  async #list(within: readonly string[]): Promise<CrawlResult | null> {
    const { store } = this.#options
    const known = new Set(store.tracks.knownFiles(this.root.id).map(({ path }) => path))
    try {
      const folders = await realFolders(store.roots.list())
      const { signal } = this.#closing
      const isKnown = (path: string): boolean => known.has(path)
      const mounts = store.roots.mounts(this.root.id)
      const listing = await crawl(this.root.path, { folders, within, signal, isKnown, mounts })
      const isEmpty = listing.looked.includes('') && listing.files.length + listing.failures.length === 0
      return isEmpty && known.size > 0 ? null : listing
    } catch (error) {
      if (error instanceof UserError && error.code === 'ROOT_OFFLINE') return null
      throw error
    }
  }

  /** Whether a scan would find anything that the library does not know. */
  #isNews({ files, failures, looked }: CrawlResult): boolean {
    const { store } = this.#options
    const known = store.tracks
      .knownFiles(this.root.id)
      .filter(({ path }) => looked.some((folder) => liesIn(folder, path)))
    const { toIdentify, returned, vanished } = keepUnreadable(
      planScan(wantedFiles(store, this.root.id, files), known),
      this.root,
      failures,
    )
    const { failed } = this.#options
    if (this.#isFirstLook)
      for (const file of toIdentify)
        if (failed.has(join(this.root.path, ...file.path.split('/')))) this.#handed.add(keyOf(file))
    this.#isFirstLook = false
    const fresh = toIdentify.filter((file) => !this.#handed.has(keyOf(file)))
    for (const file of fresh) this.#handed.add(keyOf(file))
    const isBack = store.roots.get(this.root.id)?.offlineSince !== null
    return isBack || fresh.length + returned.length + vanished.length > 0
  }
}
