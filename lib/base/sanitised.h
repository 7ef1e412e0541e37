#ifndef TC_SANITISED_H
#define TC_SANITISED_H
/*
 * sanitised: whether this is built with AddressSanitizer, which reports crashes itself,
 * needs more address space than any limit allows, and is slow.
 */
#if defined(__SANITIZE_ADDRESS__)
#define SANITISED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITISED 1
#endif
#endif
#ifndef SANITISED
#define SANITISED 0
#endif

#endif
