// A bank's file on its way to the server, and the addresses of what becomes of it.
import { at, call } from "../../api";
import { Problem } from "../../http";
import { handIn } from "../officer/handed";
import type { Progress } from "../base/job";
import type { Upload } from "./types";

/** The server looks at the content: what the browser thinks of a file's type says nothing. */
const ANY = "application/octet-stream";

export interface Told {
  topic: string;
  level: string;
}

/** A file on its way, or one that is not there any more: nobody kept it within a day. */
export type Following = (Upload & Progress) | { state: "done"; gone: true; done: number; total: number };

/** Kept on the device: the bank and the upload, so that it is found again. */
export const nameOf = ({ bank_id, upload_id }: Upload): string => `${bank_id} ${upload_id}`;

export const pathOf = (name: string, ...more: string[]): string => {
  const [bank, upload] = name.split(" ") as [string, string];
  return at("/api/exam/banks", bank, "uploads", upload, ...more);
};

export async function sendFile(bankId: string, file: File, told: Told): Promise<Upload> {
  const chosen = Object.entries(told).filter(([, value]) => value);
  const query = new URLSearchParams({ name: file.name.slice(0, 200), ...Object.fromEntries(chosen) });
  return handIn<Upload>(`${at("/api/exam/banks", bankId, "uploads")}?${query}`, file, ANY);
}

export async function look(name: string): Promise<Following> {
  try {
    return (await call<Upload>("GET", pathOf(name))).body;
  } catch (error) {
    if (error instanceof Problem && error.slug === "unknown-upload") return { state: "done", gone: true, done: 0, total: 0 };
    throw error;
  }
}

export const keep = async (name: string): Promise<Upload> => (await call<Upload>("POST", pathOf(name, "keep"))).body;
