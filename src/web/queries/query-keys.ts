/** The first word of every query's key: what an event makes stale. Everything of one track begins with `['track', id]`. */
export const keys = {
  tracks: ['tracks'],
  track: (id: number) => ['track', id],
  labels: ['labels'],
  labelStats: ['labels', 'stats'],
  labelQuality: ['labels', 'quality'],
  suggestions: ['suggestions'],
  sections: ['sections'],
  jobs: ['jobs'],
  trainings: ['trainings'],
  models: ['models'],
  roots: ['roots'],
  settings: ['settings'],
  health: ['health'],
  doctor: ['doctor'],
  storage: ['storage'],
  backups: ['backups'],
} as const satisfies Record<string, readonly unknown[] | ((id: number) => readonly unknown[])>
