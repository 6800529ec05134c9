/** The events that say what changed, as `event:` names them. */
export const EVENT_TYPES = [
  'job',
  'scan',
  'analysis',
  'sections',
  'grid',
  'tags',
  'labels',
  'notes',
  'suggestions',
  'lenses',
  'models',
  'scopes',
  'playlists',
  'imports',
  'sets',
  'transitions',
  'graph',
  'roots',
  'front',
  'quit',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Those after which the tracks of the library, or what is heard in them, may be others. */
export const TRACKS_CHANGED = ['scan', 'analysis', 'sections', 'grid', 'tags', 'labels', 'roots', 'scopes'] as const
