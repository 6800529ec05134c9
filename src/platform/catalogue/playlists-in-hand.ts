import { type FolderPath, leadingFolders } from '../../core/library/playlist-folders.ts'
import { laterThan, type PlaylistState } from '../store/playlist-rows.ts'
import type { PlaylistTable } from '../store/playlist-scenes.ts'
import type { PlaylistOutline } from '../store/playlist-store.ts'

export type NumberedPlaylist = PlaylistState & { readonly id: number }

/** All playlists of a team while somebody holds them: changes are made here as in a library, and kept afterwards. */
export class PlaylistsInHand implements PlaylistTable {
  readonly #states: Map<number, PlaylistState>
  #order: readonly number[]
  #folders: ReadonlySet<string>
  readonly #freeIds: number[]

  /** @param playlists in their order @param folders kept ones @param freeIds for those that are made */
  constructor(playlists: readonly NumberedPlaylist[], folders: readonly FolderPath[], freeIds: readonly number[]) {
    this.#states = new Map(playlists.map(({ id, ...state }) => [id, state]))
    this.#order = playlists.map(({ id }) => id)
    this.#folders = new Set(folders.map((path) => JSON.stringify(path)))
    this.#freeIds = [...freeIds]
  }

  /** In their order. */
  list(): readonly PlaylistOutline[] {
    return this.#order.map((id) => this.outline(id)!)
  }

  outline(id: number): PlaylistOutline | null {
    const state = this.#states.get(id)
    if (state === undefined) return null
    const { trackIds, ...outline } = state
    return { ...outline, id, places: trackIds.length }
  }

  trackIds(id: number): readonly number[] {
    return this.#states.get(id)?.trackIds ?? []
  }

  get(id: number): PlaylistState | null {
    return this.#states.get(id) ?? null
  }

  order(): readonly number[] {
    return this.#order
  }

  place(id: number, nextId: number | null): void {
    const others = this.#order.filter((other) => other !== id)
    const at = nextId === null ? -1 : others.indexOf(nextId)
    this.#order = others.toSpliced(at < 0 ? others.length : at, 0, id)
  }

  insert(playlist: PlaylistState, id: number | null = null): number {
    const one = id ?? this.#freeIds.shift()!
    this.#order = [...this.#order, one]
    this.put(one, playlist)
    return one
  }

  put(id: number, { name, folders, filter, importId, createdAt, changedAt, trackIds }: PlaylistState): void {
    this.#states.set(id, { name, folders, filter, importId, createdAt, changedAt, trackIds })
  }

  change(id: number, change: Parameters<PlaylistTable['change']>[1]): void {
    const before = this.#states.get(id)!
    this.put(id, { ...before, ...change, changedAt: laterThan(before.createdAt) })
  }

  remove(id: number): void {
    this.#states.delete(id)
    this.#order = this.#order.filter((other) => other !== id)
  }

  keptFolders(): readonly FolderPath[] {
    return [...this.#folders].toSorted().map((path) => JSON.parse(path) as FolderPath)
  }

  keepFolder(path: FolderPath): void {
    this.putKeptFolders([...this.keptFolders(), ...leadingFolders(path)])
  }

  putKeptFolders(folders: readonly FolderPath[]): void {
    this.#folders = new Set(folders.map((path) => JSON.stringify(path)))
  }
}
