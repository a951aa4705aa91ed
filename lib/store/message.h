/* store/message.h - an engine's words, kept with the connection that failed. May use: nothing. */
#ifndef GS_STORE_MESSAGE_H
#define GS_STORE_MESSAGE_H

#include <string.h>

enum { GS_MESSAGE_SIZE = 512 };

/* Keeps words (NULL: none) in kept, cut between characters where they are too long, and without the
 * line end that some engines close with. */
static inline void gs_message_keep(char kept[GS_MESSAGE_SIZE], const char *words)
{
    size_t size = words ? strlen(words) : 0;
    if (size >= GS_MESSAGE_SIZE) {
        size = GS_MESSAGE_SIZE - 1;
        while (size > 0 && ((unsigned char)words[size] & 0xc0) == 0x80) {
            size--;
        }
    }
    while (size > 0 && (words[size - 1] == '\n' || words[size - 1] == ' ')) {
        size--;
    }
    if (size > 0) {
        memcpy(kept, words, size);
    }
    kept[size] = '\0';
}

#endif
