import type { LibraryTrack } from './library-plan.ts'

export type RenderRequest = LibraryTrack
export type RenderReply =
  | { readonly kind: 'done'; readonly wav: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly message: string }
