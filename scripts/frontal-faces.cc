/*
 * frontal-faces: print lib/check/frontal_faces.c, for make.
 */
#include <cstdio>
#include <exception>
#include <sstream>

#include <dlib/image_processing/frontal_face_detector.h>

static void
print(const std::string &bytes)
{
	puts("#include \"lib/check/frontal_faces.h\"\n");
	puts("const unsigned char frontal_faces[] = {");
	for (size_t i = 0; i < bytes.size(); i++)
		printf(i % 16 == 15 ? "%u,\n" : "%u, ", (unsigned char)bytes[i]);
	printf("};\nconst size_t frontal_faces_size = %zu;\n", bytes.size());
}

int
main()
{
	std::ostringstream out;

	try {
		dlib::serialize(dlib::get_frontal_face_detector(), out);
	} catch (const std::exception &e) {
		fprintf(stderr, "frontal-faces: %s\n", e.what());
		return 1;
	}
	print(out.str());
	return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
