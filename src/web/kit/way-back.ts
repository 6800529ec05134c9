import { create } from 'zustand'

type WayBack = { readonly path: string; readonly name: string }

export const LIBRARY_WAY: WayBack = { path: '/library', name: 'All tracks' }

/** Where the desk leads back to: the list that one came from. */
export const useWayBack = create<WayBack>(() => LIBRARY_WAY)
