import type { GraphProgress } from '../../core/setlist/transition-graph.ts'
import type { Job } from './job.ts'

/** A change that whoever shows the library must know. A client that missed events reloads the state. */
export type AppEvent =
  /** A job was made, has moved on, or has ended. */
  | { readonly type: 'job'; readonly job: Job }
  /** What a scan found in a root. */
  | {
      readonly type: 'scan'
      readonly root: string
      readonly offline: boolean
      readonly tracksAdded: number
      readonly filesMissing: number
    }
  /** A track was analysed or could not be. */
  | { readonly type: 'analysis'; readonly trackId: number; readonly failure: string | null }
  /** A track has new sections. */
  | { readonly type: 'sections'; readonly trackId: number; readonly version: number }
  | { readonly type: 'grid'; readonly trackId: number; readonly version: number }
  /** A person has decided how the tags of a track are read. */
  | { readonly type: 'tags'; readonly trackId: number }
  | { readonly type: 'labels'; readonly trackIds: readonly number[] }
  /** A suggestion was rejected, or may come back. */
  | { readonly type: 'suggestions'; readonly trackId: number }
  | {
      readonly type: 'models'
      readonly change: 'published' | 'imported' | 'activated' | 'described' | 'deleted'
      readonly version: number
    }
  /** A lens or a kind in it was made, changed or removed. */
  | { readonly type: 'lenses' }
  /** A scope was made, changed or removed, or another version answers for it. */
  | { readonly type: 'scopes' }
  /** Rating, colour, comment or tags of the person's own are others. */
  | { readonly type: 'notes'; readonly trackIds: readonly number[] }
  /** A playlist or a folder of playlists was made, changed or removed. */
  | { readonly type: 'playlists' }
  /** Something was brought in from another program, accepted of it, or taken back. */
  | { readonly type: 'imports' }
  /** A set was made, changed or deleted. */
  | { readonly type: 'sets'; readonly setId: number }
  /** The person has moved the windows in which a track goes into another, or taken that back. */
  | { readonly type: 'transitions'; readonly fromId: number; readonly toId: number }
  /** How far a graph is that is being computed. */
  | ({ readonly type: 'graph' } & GraphProgress)
  | { readonly type: 'roots' }
  /** Somebody has opened Algiers again: a page that comes to the front tells so by this name. */
  | { readonly type: 'front'; readonly ask: string }
  /** Algiers ends, as somebody asked for, and the library may be deleted with it. */
  | { readonly type: 'quit'; readonly erasing: boolean }

export type LoggedEvent = {
  /** Ids rise, also from one start of the server to the next. */
  readonly id: number
  readonly at: string
  readonly event: AppEvent
}

export type EventReplay = {
  readonly events: readonly LoggedEvent[]
  /**
   * False where events after that id are no longer kept, or the id is from another run: the client then reloads
   * everything.
   */
  readonly complete: boolean
}

/** The events a follower missed, and a way to stop following. */
export type Following = {
  /** Null where no earlier event was named. */
  readonly missed: EventReplay | null
  /** The newest event before the first that the listener gets. */
  readonly lastId: number
  readonly stop: () => void
}

export type EventLog = {
  readonly append: (event: AppEvent) => void
  /** @param listener must not throw @returns ends the subscription */
  readonly subscribe: (listener: (event: LoggedEvent) => void) => () => void
  /** Events that came after one. */
  readonly since: (id: number) => EventReplay
  /** Replays what came after an event, then follows without a gap. @param after null to follow from now on */
  readonly follow: (after: number | null, listener: (event: LoggedEvent) => void) => Following
  /** The id of the newest event, or one less than the first. */
  readonly lastId: () => number
}

/** An evening of labelling makes about as many events, most of them progress of jobs. */
const DEFAULT_CAPACITY = 2000

/**
 * Ids begin at the clock's milliseconds × 1000. No log makes a thousand events a millisecond, so ids of an earlier run
 * are smaller.
 */
export const createEventLog = (options: { readonly capacity?: number; readonly firstId?: number } = {}): EventLog => {
  const { capacity = DEFAULT_CAPACITY, firstId = Date.now() * 1000 } = options
  const kept: LoggedEvent[] = []
  const listeners = new Set<(event: LoggedEvent) => void>()
  let nextId = firstId
  const subscribe = (listener: (event: LoggedEvent) => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const since = (id: number): EventReplay => {
    const oldest = kept[0]?.id ?? nextId
    return { events: kept.filter((one) => one.id > id), complete: id >= oldest - 1 && id < nextId }
  }
  return {
    append: (event) => {
      const logged: LoggedEvent = { id: nextId++, at: new Date().toISOString(), event }
      kept.push(logged)
      if (kept.length > capacity) kept.shift()
      for (const listener of [...listeners]) listener(logged)
    },
    subscribe,
    since,
    follow: (after, listener) => ({
      missed: after === null ? null : since(after),
      lastId: nextId - 1,
      stop: subscribe(listener),
    }),
    lastId: () => nextId - 1,
  }
}
